import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ForgivenDto, LimitsDto, LimitsQuery } from './limits.dto.js';
import { Limits } from './limits.service.js';

@ApiTags('operations')
@Controller('admin/rate-limits')
export class LimitsController {
  constructor(private readonly limits: Limits) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_rate_limits' })
  @ApiOperation({
    operationId: 'listRateLimits',
    summary: 'Who was refused for too many requests, and what one client has used up',
  })
  @ApiOkResponse({ type: LimitsDto })
  async show(@Query() { client }: LimitsQuery): Promise<LimitsDto> {
    return this.limits.show(client);
  }

  @Delete(':client')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_rate_limits_forgive',
    errors: ['validation_failed'],
  })
  @ApiOperation({
    operationId: 'forgiveRateLimits',
    summary: 'Lets one client begin its windows anew: an IP address, a wallet, or `all`',
  })
  @ApiOkResponse({ type: ForgivenDto })
  async forgive(@Param('client') client: string): Promise<ForgivenDto> {
    return this.limits.forgive(client);
  }
}
