import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { Payout } from './payout.entity.js';

/** Moves the business state when a payout has landed, in the transaction that books it. */
@Injectable()
export class PayoutEffects {
  constructor(private readonly commitments: CommitmentsService) {}

  async confirmed(manager: EntityManager, payout: Payout): Promise<void> {
    switch (payout.purpose) {
      case 'personal_success':
        await this.commitments.finishResolution(manager, payout.commitmentId, 'success');
        break;
    }
  }
}
