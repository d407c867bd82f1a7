import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { MetricsTokenGuard } from './metrics-token.guard.js';
import { Metrics } from './metrics.service.js';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @UseGuards(MetricsTokenGuard)
  @Endpoint({ access: 'public', limit: 'probe', errors: ['metrics_token_needed'] })
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Numbers for monitoring, in the text format of Prometheus',
    description: 'Where METRICS_TOKEN is set, the header `Authorization: Bearer METRICS_TOKEN` is needed.',
  })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  scrape(): Promise<string> {
    return this.metrics.scrape();
  }
}
