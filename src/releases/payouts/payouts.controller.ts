import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import type { PayoutActParams } from './act-params.dto.js';
import { PayoutDto } from './payouts.dto.js';
import { Payouts } from './payouts.service.js';

@ApiTags('payouts')
@Controller()
export class PayoutsController {
  constructor(private readonly payouts: Payouts) {}

  @Get('commitments/:id/payouts')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found', 'invalid_cursor'] })
  @ApiOperation({
    operationId: 'listCommitmentPayouts',
    summary: 'Payouts of a commitment with every attempt, newest first',
  })
  @ApiPage(PayoutDto)
  async list(@Param('id', UuidPipe) id: string, @Query() query: PageQuery): Promise<Page<PayoutDto>> {
    return this.payouts.listOf(id, query);
  }

  @Get('payouts/:id')
  @Endpoint({ access: 'public', limit: 'read', errors: ['payout_not_found'] })
  @ApiOperation({ operationId: 'getPayout', summary: 'One payout with every attempt' })
  @ApiOkResponse({ type: PayoutDto })
  async show(@Param('id', UuidPipe) id: string): Promise<PayoutDto> {
    return this.payouts.show(id);
  }

  @Post('admin/payouts/:id/retry')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    act: 'admin.payout.retry',
    limit: 'admin',
    audit: 'admin_payout_retry',
    errors: ['payout_not_found', 'not_stopped'],
  })
  @ApiOperation({
    operationId: 'retryPayout',
    summary: 'Takes a payout up again that three on-chain failures have stopped',
  })
  @ApiOkResponse({ type: PayoutDto })
  async retry(@CurrentAct() act: AdminAct<PayoutActParams>): Promise<PayoutDto> {
    return this.payouts.retry(act);
  }
}
