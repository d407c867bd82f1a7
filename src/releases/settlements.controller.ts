import { Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/endpoint.js';
import { ApiNoBody, NoBody } from '../common/http/no-body.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '../common/pages.js';
import { AcceptedUntilPaid } from './accepted-until-paid.interceptor.js';
import { FailureDto } from './distributions.dto.js';
import { PayoutsService } from './payouts.service.js';
import { PaidDto, PayoutDto } from './releases.dto.js';
import { SettlementsService } from './settlements.service.js';

@ApiTags('payouts')
@Controller()
export class SettlementsController {
  constructor(
    private readonly settlements: SettlementsService,
    private readonly payouts: PayoutsService,
  ) {}

  @Post('commitments/:id/success')
  @UseInterceptors(AcceptedUntilPaid)
  @Endpoint({
    access: 'admin',
    limit: 'pay',
    audit: 'admin_commitment_success',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'wrong_kind',
      'not_attested',
      'already_resolved',
      'decision_window_passed',
      'escrow_underfunded',
      'destination_not_payable',
      'simulation_failed',
      'fee_payer_underfunded',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({ summary: 'Success: the whole escrow returns to the authority, exactly once' })
  @ApiNoBody()
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'Decided; the payout is not confirmed yet and goes on by itself.',
  })
  async succeed(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<PaidDto> {
    return this.settlements.succeed(id);
  }

  @Post('commitments/:id/failure')
  @UseInterceptors(AcceptedUntilPaid)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_commitment_failure',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'wrong_kind',
      'deadline_not_passed',
      'already_resolved',
      'release_in_progress',
      'escrow_underfunded',
      'destination_not_payable',
      'simulation_failed',
      'fee_payer_underfunded',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    summary: 'Failure, exactly once: what the frozen terms say',
    description:
      'Personal: the whole escrow goes to destinationOnFail. Reward: who gets how much of the escrow is frozen, see ' +
      'GET /commitments/{id}/failure-distribution.',
  })
  @ApiNoBody()
  @ApiOkResponse({
    type: FailureDto,
    description: 'Paid and confirmed; or failed with nothing to pay at once.',
  })
  @ApiAcceptedResponse({
    type: FailureDto,
    description: 'Decided; the payout is not confirmed yet and goes on by itself.',
  })
  async fail(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<FailureDto> {
    return this.settlements.fail(id);
  }

  @Get('commitments/:id/payouts')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found', 'invalid_cursor'] })
  @ApiOperation({ summary: 'Payouts of a commitment with every attempt, newest first' })
  @ApiPage(PayoutDto)
  async list(@Param('id', UuidPipe) id: string, @Query() query: PageQuery): Promise<Page<PayoutDto>> {
    return this.payouts.listOf(id, query);
  }

  @Get('payouts/:id')
  @Endpoint({ access: 'public', limit: 'read', errors: ['payout_not_found'] })
  @ApiOperation({ summary: 'One payout with every attempt' })
  @ApiOkResponse({ type: PayoutDto })
  async show(@Param('id', UuidPipe) id: string): Promise<PayoutDto> {
    return this.payouts.show(id);
  }

  @Post('admin/payouts/:id/retry')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_payout_retry',
    errors: ['payout_not_found', 'not_stopped'],
  })
  @ApiOperation({ summary: 'Takes a payout up again that three on-chain failures have stopped' })
  @ApiNoBody()
  @ApiOkResponse({ type: PayoutDto })
  async retry(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<PayoutDto> {
    return this.payouts.retry(id);
  }
}
