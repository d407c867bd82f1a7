import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { OverviewDto } from './overview.dto.js';
import { Overview } from './overview.service.js';

@ApiTags('operations')
@Controller('admin/overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_overview' })
  @ApiOperation({
    operationId: 'getOverview',
    summary: 'Health, pauses, unfinished payouts, locks, overdue jobs, fee payer, webhook and alarms',
    description: '`ops status` makes of it what is stuck, why, since when, and which command comes next.',
  })
  @ApiOkResponse({ type: OverviewDto })
  show(): Promise<OverviewDto> {
    return this.overview.show();
  }
}
