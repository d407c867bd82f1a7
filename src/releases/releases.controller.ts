import { Controller, Delete, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/endpoint.js';
import { ApiNoBody, NoBody } from '../common/http/no-body.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { AcceptedUntilPaid } from './accepted-until-paid.interceptor.js';
import { MilestoneReleaseService } from './milestone-release.service.js';
import { ReleaseLockDto } from './release-locks.dto.js';
import { ReleaseLocksService } from './release-locks.service.js';
import { PaidDto } from './releases.dto.js';

class ReleaseLocksDto {
  @ApiProperty({ type: [ReleaseLockDto] })
  readonly items: ReleaseLockDto[];
}

@ApiTags('releases')
@Controller()
export class ReleasesController {
  constructor(
    private readonly releases: MilestoneReleaseService,
    private readonly locks: ReleaseLocksService,
  ) {}

  @Post('commitments/:id/milestones/:milestoneId/release')
  @UseInterceptors(AcceptedUntilPaid)
  @Endpoint({
    access: 'admin',
    limit: 'pay',
    audit: 'admin_reward_milestone_release',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'milestone_not_found',
      'wrong_kind',
      'already_resolved',
      'release_in_progress',
      'already_released',
      'not_claimable',
      'escrow_underfunded',
      'destination_not_payable',
      'simulation_failed',
      'fee_payer_underfunded',
      'rpc_unavailable',
    ],
  })
  @ApiNoBody()
  @ApiOperation({ summary: 'Pays the creator for a claimable milestone, exactly once' })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'The payout is not confirmed yet and goes on by itself.',
  })
  async release(
    @Param('id', UuidPipe) id: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @NoBody() _body: unknown,
  ): Promise<PaidDto> {
    return this.releases.release(id, milestoneId);
  }

  @Get('admin/release-locks')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_release_locks' })
  @ApiOperation({ summary: 'Releases under way, oldest first, at most 200' })
  @ApiOkResponse({ type: ReleaseLocksDto })
  async list(): Promise<ReleaseLocksDto> {
    return this.locks.list();
  }

  @Delete('admin/release-locks/:commitmentId/:milestoneId')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_release_lock_clear',
    errors: ['release_lock_not_found', 'attempt_may_still_land', 'rpc_unavailable'],
  })
  @ApiNoBody()
  @ApiOperation({ summary: 'Gives up a release of which nothing can land any more' })
  @ApiOkResponse({ type: ReleaseLockDto, description: 'The lock that was cleared.' })
  async clear(
    @Param('commitmentId', UuidPipe) commitmentId: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @NoBody() _body: unknown,
  ): Promise<ReleaseLockDto> {
    return this.locks.clear(commitmentId, milestoneId);
  }
}
