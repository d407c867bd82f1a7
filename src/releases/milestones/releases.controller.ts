import { Body, Controller, Delete, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { ActOfAdmin, CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import { SignedBody } from '#src/common/input/fields.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { AcceptedUntilPaidInterceptor } from '#src/releases/engine/accepted-until-paid.interceptor.js';
import { MilestoneRelease } from './milestone-release.service.js';
import { ReleaseLockDto } from './release-locks.dto.js';
import { ReleaseLocks } from './release-locks.service.js';
import type { MilestoneActParams } from '#src/releases/payouts/act-params.dto.js';
import { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { PLANNING_ERRORS } from '#src/releases/planning/planning-errors.js';
import { SelfRelease } from './self-release.service.js';

class ReleaseLocksDto {
  @ApiProperty({ type: [ReleaseLockDto] })
  readonly items: ReleaseLockDto[];
}

@ApiTags('releases')
@Controller()
export class ReleasesController {
  constructor(
    private readonly releases: MilestoneRelease,
    private readonly locks: ReleaseLocks,
    private readonly selfReleases: SelfRelease,
  ) {}

  @Post('commitments/:id/milestones/:milestoneId/release')
  @UseInterceptors(AcceptedUntilPaidInterceptor)
  @Endpoint({
    access: 'admin_or_signed',
    act: 'admin.milestone.release',
    limit: 'pay',
    audit: 'admin_reward_milestone_release',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'milestone_not_found',
      'wrong_kind',
      'not_the_creator',
      'not_yet',
      'already_failing',
      'release_in_progress',
      'already_released',
      'not_claimable',
      ...PLANNING_ERRORS,
    ],
  })
  @ApiOperation({
    operationId: 'releaseMilestone',
    summary: 'Pays the creator for a claimable milestone, exactly once',
    description:
      'An admin signs `admin.milestone.release`. From `selfReleaseAt` of the milestone on its creator may sign ' +
      '`milestone.release` instead, without a session.',
  })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'The payout is not confirmed yet and continues automatically.',
  })
  async release(
    @ActOfAdmin() act: AdminAct<MilestoneActParams> | null,
    @Param('id', UuidPipe) commitmentId: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @Body() body: SignedBody,
  ): Promise<PaidDto> {
    return act === null
      ? this.selfReleases.release(commitmentId, milestoneId, body)
      : this.releases.release(act);
  }

  @Get('admin/release-locks')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_release_locks' })
  @ApiOperation({
    operationId: 'listReleaseLocks',
    summary: 'Releases in progress, oldest first, at most 200',
  })
  @ApiOkResponse({ type: ReleaseLocksDto })
  async list(): Promise<ReleaseLocksDto> {
    return this.locks.list();
  }

  @Delete('admin/release-locks/:commitmentId/:milestoneId')
  @Endpoint({
    access: 'admin',
    act: 'admin.lock.clear',
    limit: 'admin',
    audit: 'admin_release_lock_clear',
    errors: ['release_lock_not_found', 'attempt_may_still_land', 'rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'clearReleaseLock',
    summary: 'Gives up a release of which nothing can land any more',
  })
  @ApiOkResponse({ type: ReleaseLockDto, description: 'The lock that was cleared.' })
  async clear(@CurrentAct() act: AdminAct<MilestoneActParams>): Promise<ReleaseLockDto> {
    return this.locks.clear(act);
  }
}
