import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiPage, type Page } from '#src/common/pages.js';
import { AdminPayoutDto, PayoutsQuery } from './payout-search.dto.js';
import { PayoutSearch } from './payout-search.service.js';

@ApiTags('payouts')
@Controller('admin/payouts')
export class PayoutSearchController {
  constructor(private readonly search: PayoutSearch) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_payouts', errors: ['invalid_cursor'] })
  @ApiOperation({
    operationId: 'listPayouts',
    summary: 'Payouts of all commitments with every attempt, and who decided them, newest first',
  })
  @ApiPage(AdminPayoutDto)
  async list(@Query() query: PayoutsQuery): Promise<Page<AdminPayoutDto>> {
    return this.search.list(query);
  }
}
