import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiNoBody, NoBody } from '#src/common/input/no-body.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page } from '#src/common/pages.js';
import { WebhookAdmin } from './webhook-admin.service.js';
import { WebhookDeliveryDto, WebhookDeliveryQuery, WebhookEndpointDto } from './webhook.dto.js';

@ApiTags('operations')
@Controller('admin')
export class WebhookController {
  constructor(private readonly webhook: WebhookAdmin) {}

  @Get('webhook-deliveries')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_webhook_deliveries',
    errors: ['invalid_cursor'],
  })
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'Audit events that were sent, wait to be sent or could not be sent, newest first',
  })
  @ApiPage(WebhookDeliveryDto)
  list(@Query() query: WebhookDeliveryQuery): Promise<Page<WebhookDeliveryDto>> {
    return this.webhook.list(query);
  }

  @Post('webhook-deliveries/:id/resend')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_webhook_resend',
    errors: ['webhook_delivery_not_found'],
  })
  @ApiNoBody()
  @ApiOperation({ operationId: 'resendWebhookDelivery', summary: 'Sends one again, under its webhook-id' })
  @ApiOkResponse({ type: WebhookDeliveryDto })
  resend(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<WebhookDeliveryDto> {
    return this.webhook.resend(id);
  }

  @Get('webhook-endpoint')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_webhook_endpoint' })
  @ApiOperation({
    operationId: 'getWebhookEndpoint',
    summary: 'Where audit events go, whether that is switched off, and what waits',
  })
  @ApiOkResponse({ type: WebhookEndpointDto })
  endpoint(): Promise<WebhookEndpointDto> {
    return this.webhook.endpoint();
  }

  @Post('webhook-endpoint/enable')
  @HttpCode(200)
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_webhook_enable' })
  @ApiNoBody()
  @ApiOperation({
    operationId: 'enableWebhookEndpoint',
    summary: 'Sends again after the receiver has answered 410',
  })
  @ApiOkResponse({ type: WebhookEndpointDto })
  enable(@NoBody() _body: unknown): Promise<WebhookEndpointDto> {
    return this.webhook.enable();
  }

  @Post('webhook-endpoint/test')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_webhook_test',
    errors: ['webhook_not_configured'],
  })
  @ApiNoBody()
  @ApiOperation({
    operationId: 'testWebhookEndpoint',
    summary: 'Writes admin_webhook_test_ok, which is then sent to the receiver',
  })
  @ApiOkResponse({ type: WebhookDeliveryDto })
  test(@NoBody() _body: unknown): Promise<WebhookDeliveryDto> {
    return this.webhook.test();
  }
}
