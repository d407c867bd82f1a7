import { Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/endpoint.js';
import { ApiNoBody, NoBody } from '../common/http/no-body.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '../common/pages.js';
import { AcceptedUntilPaid } from './accepted-until-paid.interceptor.js';
import { PaidDto } from './releases.dto.js';
import { StrayDepositDto } from './stray-deposits.dto.js';
import { StrayDepositsService } from './stray-deposits.service.js';

@ApiTags('payouts')
@Controller()
export class StrayDepositsController {
  constructor(private readonly strays: StrayDepositsService) {}

  @Get('admin/stray-deposits')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_stray_deposits',
    errors: ['invalid_cursor', 'rpc_unavailable'],
  })
  @ApiOperation({
    summary: 'Settled commitments whose escrow holds more than it owes',
    description:
      '`limit` settled commitments are looked at for a page, so a page may be empty and not the last.',
  })
  @ApiPage(StrayDepositDto)
  async list(@Query() query: PageQuery): Promise<Page<StrayDepositDto>> {
    return this.strays.list(query);
  }

  @Post('commitments/:id/stray-deposits/forward')
  @UseInterceptors(AcceptedUntilPaid)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_stray_forward',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'not_settled',
      'escrow_underfunded',
      'destination_not_payable',
      'simulation_failed',
      'fee_payer_underfunded',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({ summary: 'Pays what reached the escrow after the settlement to destinationOnFail' })
  @ApiNoBody()
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description:
      'The payout is not confirmed yet and goes on by itself; a second request follows the same one.',
  })
  async forward(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<PaidDto> {
    return this.strays.forward(id);
  }
}
