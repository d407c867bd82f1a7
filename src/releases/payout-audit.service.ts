import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { toJsonLamports } from '../common/lamports.js';
import type { PayoutAttempt } from './payout-attempt.entity.js';
import type { Payout } from './payout.entity.js';

/** What the audit log says about payouts: always which one, for what, by whose decision, and the transaction. */
@Injectable()
export class PayoutAudit {
  constructor(private readonly log: AuditService) {}

  async write(
    manager: EntityManager,
    payout: Payout,
    event: string,
    attempt?: Pick<PayoutAttempt, 'number' | 'signature' | 'amountLamports'>,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.log.record(manager, {
      event,
      commitmentId: payout.commitmentId,
      payoutId: payout.id,
      ...(attempt?.signature ? { signature: attempt.signature } : {}),
      fields: {
        purpose: payout.purpose,
        ...(payout.subjectId === null ? {} : { milestoneId: payout.subjectId }),
        requestedBy: payout.requestedBy,
        destination: payout.destination,
        amountLamports: toJsonLamports(attempt?.amountLamports ?? payout.amountLamports),
        ...(attempt === undefined ? {} : { attempt: attempt.number }),
        ...more,
      },
    });
  }
}
