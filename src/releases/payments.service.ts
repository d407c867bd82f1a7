import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { PayoutEngine } from './payout-engine.service.js';
import type { PayoutOrder } from './payout-orders.service.js';
import { PayoutsService } from './payouts.service.js';
import type { PaidDto } from './releases.dto.js';

/** The answer of every paying route: the payout as far as it has come within PAYOUT_WAIT_SECONDS. */
@Injectable()
export class PaymentsService {
  constructor(
    private readonly engine: PayoutEngine,
    private readonly payouts: PayoutsService,
    private readonly commitments: CommitmentsService,
    private readonly settings: Settings,
  ) {}

  async follow({ id, commitmentId }: Pick<PayoutOrder, 'id' | 'commitmentId'>): Promise<PaidDto> {
    const landed = await this.engine.driveUntilLanded(id, this.settings.env.PAYOUT_WAIT_SECONDS * 1000);
    const payout = await this.payouts.view(landed);
    const commitment = await this.commitments.show(commitmentId);
    const isConfirmed = payout.confirmedAt !== undefined && payout.signature !== undefined;
    return { payout, commitment, ...(isConfirmed ? { signature: payout.signature } : {}) };
  }
}
