import { Controller, Delete, Post, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { Endpoint } from '#src/common/endpoint.js';
import { AcceptedUntilPaidInterceptor } from '#src/releases/engine/accepted-until-paid.interceptor.js';
import { FailureDto } from '#src/releases/distributions/distributions.dto.js';
import type { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { PLANNING_ERRORS } from '#src/releases/planning/planning-errors.js';
import { type FailureActParams, FailureBody } from './settlements.dto.js';
import { Settlements } from './settlements.service.js';

@ApiTags('payouts')
@Controller()
export class SettlementsController {
  constructor(private readonly settlements: Settlements) {}

  @Post('commitments/:id/success')
  @UseInterceptors(AcceptedUntilPaidInterceptor)
  @Endpoint({
    access: 'admin',
    act: 'admin.commitment.success',
    limit: 'pay',
    audit: 'admin_commitment_success',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'wrong_kind',
      'not_attested',
      'already_resolved',
      'decision_window_passed',
      ...PLANNING_ERRORS,
    ],
  })
  @ApiOperation({
    operationId: 'resolveCommitmentAsSuccess',
    summary: 'Success: the whole escrow returns to the authority, exactly once',
  })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'Decided; the payout is not confirmed yet and continues automatically.',
  })
  async succeed(@CurrentAct() act: AdminAct<CommitmentActParams>): Promise<PaidDto> {
    return this.settlements.succeed(act);
  }

  @Post('commitments/:id/failure')
  @UseInterceptors(AcceptedUntilPaidInterceptor)
  @Endpoint({
    access: 'admin',
    act: 'admin.commitment.failure',
    body: FailureBody,
    limit: 'admin',
    audit: 'admin_commitment_failure',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'deadline_not_passed',
      'decision_window_passed',
      'already_failing',
      'already_resolved',
      'nothing_to_fail',
      ...PLANNING_ERRORS,
    ],
  })
  @ApiOperation({
    operationId: 'resolveCommitmentAsFailure',
    summary: 'Failure, exactly once: what the frozen terms say',
    description:
      'Personal: the whole escrow goes to destinationOnFail; after an attestation the failure is filed, with a public reason, ' +
      'until `failureEffectiveAt`. Reward: announced, effective at `failureEffectiveAt` unless called off; it pays whoever held the ' +
      'token when it was announced. Within 30 days of a calling off it takes two admins. Another admin may repeat it for an announcer ' +
      'who is none any more.',
  })
  @ApiOkResponse({
    type: FailureDto,
    description: 'Paid and confirmed; or failed with nothing to pay at once.',
  })
  @ApiAcceptedResponse({
    type: FailureDto,
    description: 'Announced, or decided with a payout that is not confirmed yet.',
  })
  async fail(@CurrentAct() act: AdminAct<FailureActParams>): Promise<FailureDto> {
    return this.settlements.fail(act);
  }

  @Delete('commitments/:id/failure')
  @Endpoint({
    access: 'admin',
    act: 'admin.failure.cancel',
    limit: 'admin',
    audit: 'admin_failure_cancel',
    errors: [
      'commitment_not_found',
      'not_failing',
      'decision_window_passed',
      'already_resolved',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'withdrawFailure',
    summary: 'Calls an announced failure off before it takes effect',
  })
  @ApiOkResponse({ type: CommitmentDto })
  async cancelFailure(@CurrentAct() act: AdminAct<CommitmentActParams>): Promise<CommitmentDto> {
    return this.settlements.cancelFailure(act);
  }
}
