import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEvent } from '#src/common/audit-events.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';

type Named = Pick<PayoutAttempt, 'number' | 'signature' | 'amountLamports'>;

/** What the audit log says about payouts: always which one, for what, by whose decision, and the transaction. */
@Injectable()
export class PayoutAudit {
  constructor(private readonly log: Audit) {}

  /** Somebody has decided that it is paid; in the transaction that writes it. */
  async decided(
    manager: EntityManager,
    event: AuditEvent,
    payout: Pick<Payout, 'commitmentId' | 'subjectId' | 'source' | 'destination' | 'amountLamports'> &
      Partial<Pick<Payout, 'id'>>,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const { id, commitmentId, subjectId, source, destination, amountLamports } = payout;
    await this.log.record(manager, {
      event,
      commitmentId,
      ...(id === undefined ? {} : { payoutId: id }),
      fields: {
        ...(subjectId === null ? {} : { milestoneId: subjectId }),
        source,
        destination,
        amountLamports: toJsonLamports(amountLamports),
        ...more,
      },
    });
  }

  async write(
    manager: EntityManager,
    payout: Payout,
    event: AuditEvent,
    attempt?: Named,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.log.record(manager, entryOf(payout, event, attempt, more));
  }

  /** An alarm that work of every few seconds raises again and again: one row. */
  async writeOnce(payout: Payout, event: AuditEvent, attempt: Named): Promise<void> {
    await this.log.recordOnce(entryOf(payout, event, attempt, {}));
  }
}

function entryOf(
  payout: Payout,
  event: AuditEvent,
  attempt: Named | undefined,
  more: Readonly<Record<string, unknown>>,
) {
  return {
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
  };
}
