import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { PayoutEngine } from './payout-engine.service.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { Payouts } from '#src/releases/payouts/payouts.service.js';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';

/** The answer of every paying route: the payout as far as it has come within PAYOUT_WAIT_SECONDS. */
@Injectable()
export class PayoutFollower {
  constructor(
    private readonly engine: PayoutEngine,
    private readonly payouts: Payouts,
    private readonly commitments: Commitments,
    private readonly settings: Settings,
  ) {}

  async follow({ id, commitmentId }: Pick<Payout, 'id' | 'commitmentId'>): Promise<PaidDto> {
    const landed = await this.engine.driveUntilLanded(id, this.settings.env.PAYOUT_WAIT_SECONDS * 1000);
    const payout = this.payouts.viewOf(landed);
    const commitment = await this.commitments.show(commitmentId);
    const isConfirmed = payout.confirmedAt !== undefined && payout.signature !== undefined;
    return { payout, commitment, ...(isConfirmed ? { signature: payout.signature } : {}) };
  }
}
