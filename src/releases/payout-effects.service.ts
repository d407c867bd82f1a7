import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { type MilestoneRef, MilestonesService } from '../commitments/milestones.service.js';
import { FailureLegs } from './failure-legs.service.js';
import { Payout } from './payout.entity.js';
import { ReleaseLockRepository } from './release-lock.repository.js';

/** Moves the business state with a payout, in the transaction that books it. */
@Injectable()
export class PayoutEffects {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly milestones: MilestonesService,
    private readonly locks: ReleaseLockRepository,
    private readonly legs: FailureLegs,
  ) {}

  /** A transaction exists that may land. */
  async signed(manager: EntityManager, payout: Payout, signature: string): Promise<void> {
    if (payout.purpose === 'milestone_release') await this.locks.setSignature(manager, payout.id, signature);
  }

  /** The money has moved. */
  async confirmed(manager: EntityManager, payout: Payout, signature: string): Promise<void> {
    switch (payout.purpose) {
      case 'personal_success':
        await this.commitments.finishResolution(manager, payout.commitmentId, 'success');
        break;
      case 'personal_failure':
        await this.commitments.finishResolution(manager, payout.commitmentId, 'failure');
        break;
      case 'milestone_release':
        await this.milestones.finishRelease(manager, milestoneOf(payout), signature);
        await this.locks.deleteByPayout(manager, payout.id);
        break;
      case 'failure_treasury':
      case 'failure_destination':
      case 'failure_remainder':
      case 'distribution_claim':
        await this.legs.landed(manager, payout.commitmentId);
        break;
      case 'stray_forward':
        // The commitment was settled before.
        break;
    }
  }
}

/** The milestone of a release. */
export function milestoneOf({ id, commitmentId, subjectId }: Payout): MilestoneRef {
  if (subjectId === null) throw new Error(`payout ${id} names no milestone`);
  return { id: subjectId, commitmentId };
}
