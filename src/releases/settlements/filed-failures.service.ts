import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import {
  fileRefusal,
  type PersonalFacts,
  type Refusal,
  withdrawRefusal,
} from '#src/commitments/commitment/commitment.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { refused } from '#src/commitments/commitment/commitment.errors.js';
import { Commitments, personalFacts } from '#src/commitments/records/commitments.service.js';
import type { AuditEvent } from '#src/common/audit-events.js';

interface Change {
  readonly filed: { readonly at: Date; readonly reason: string } | null;
  /** Chain time. */
  readonly at: Date;
  readonly event: AuditEvent;
  rule(facts: PersonalFacts, now: number): Refusal | null;
}

/** Failures that an admin files against an attested commitment: public until the window ends, and only then carried out. */
@Injectable()
export class FiledFailures {
  constructor(
    private readonly commitments: Commitments,
    private readonly chain: Chain,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `already_resolved`, `already_failing`, `deadline_not_passed`, `decision_window_passed` */
  async file(commitment: Commitment, act: AdminAct, reason: string): Promise<void> {
    // The deadline has to have passed by every clock.
    const at = new Date((await this.chain.now()).unixSeconds * 1000);
    const filed = { at, reason };
    await this.change(commitment, act, { filed, at, event: 'commitment_failure_filed', rule: fileRefusal });
  }

  /** @throws DomainError `already_resolved`, `not_failing`, `decision_window_passed` */
  async withdraw(commitment: Commitment, act: AdminAct): Promise<void> {
    const at = await this.chain.timeOfAct(this.clock.now());
    await this.change(commitment, act, {
      filed: null,
      at,
      event: 'admin_failure_cancel_ok',
      rule: withdrawRefusal,
    });
  }

  private async change(commitment: Commitment, act: AdminAct, change: Change): Promise<void> {
    const { filed, at, event, rule } = change;
    const { id: commitmentId } = commitment;
    await this.transactions.run(async (manager: EntityManager) => {
      const locked = await this.commitments.getLocked(manager, commitmentId);
      const refusal = rule(personalFacts(locked), at.getTime() / 1000);
      if (refusal !== null) throw refused(refusal, locked);
      await this.commitments.fileFailure(manager, commitmentId, filed);
      await this.acts.record(manager, act, at);
      const fields = filed === null ? {} : { reason: filed.reason };
      await this.audit.record(manager, { event, commitmentId, fields });
    });
  }
}
