import { Controller, Get, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import { AcceptedUntilPaidInterceptor } from '#src/releases/engine/accepted-until-paid.interceptor.js';
import type { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { PLANNING_ERRORS } from '#src/releases/planning/planning-errors.js';
import { StrayDepositDto } from './stray-deposits.dto.js';
import { StrayDeposits } from './stray-deposits.service.js';

@ApiTags('payouts')
@Controller()
export class StrayDepositsController {
  constructor(private readonly strays: StrayDeposits) {}

  @Get('admin/stray-deposits')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_stray_deposits',
    errors: ['invalid_cursor', 'rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'listStrayDeposits',
    summary: 'Settled commitments whose escrow holds more than it owes',
    description: 'A page may be empty and not the last.',
  })
  @ApiPage(StrayDepositDto)
  async list(@Query() query: PageQuery): Promise<Page<StrayDepositDto>> {
    return this.strays.list(query);
  }

  @Post('commitments/:id/stray-deposits/forward')
  @UseInterceptors(AcceptedUntilPaidInterceptor)
  @Endpoint({
    access: 'admin',
    act: 'admin.stray.forward',
    limit: 'admin',
    audit: 'admin_stray_forward',
    idempotent: true,
    errors: ['commitment_not_found', 'not_settled', 'belongs_to_holders', ...PLANNING_ERRORS],
  })
  @ApiOperation({
    operationId: 'forwardStrayDeposit',
    summary: 'Pays what reached the escrow after the settlement to the wallet of the outcome',
  })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'Not confirmed yet; it continues automatically.',
  })
  async forward(@CurrentAct() act: AdminAct<CommitmentActParams>): Promise<PaidDto> {
    return this.strays.forward(act);
  }
}
