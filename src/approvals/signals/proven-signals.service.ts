import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { EvidenceReader } from '#src/escrow/door/evidence/evidence-reader.service.js';
import { signalFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { completedAt, type Interval, voteEnd } from './signal.js';
import type { Signal } from './signal.entity.js';
import { SignalRepository } from './signal.repository.js';

/** Approvals that this server has weighed, and no others: what somebody has written into the table counts nothing. */
@Injectable()
export class ProvenSignals {
  private readonly reported = new Set<string>();

  constructor(
    private readonly signals: SignalRepository,
    private readonly marks: Marks,
    private readonly evidence: EvidenceReader,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** Of one milestone. */
  async ofMilestone(milestoneId: string): Promise<Signal[]> {
    const { manager } = this.transactions;
    return this.genuine(manager, await this.signals.findAll(manager, milestoneId));
  }

  /**
   * Those of a commitment that earn a share of its failure: given in the vote window, counted from the signed attestation.
   * @param lost times in which nobody could approve, in order
   */
  async inTime(commitmentId: string, lost: readonly Interval[]): Promise<Signal[]> {
    const { manager } = this.transactions;
    const evidence = await this.evidence.of(manager, commitmentId);
    if (evidence === null || evidence.terms.kind !== 'creator_reward') return [];
    const { terms, acts } = evidence;
    const signals = await this.genuine(manager, await this.signals.findInTime(manager, commitmentId));
    return signals.filter(({ milestoneId, signalledAt }) => {
      const completion = completedAt(acts, terms.wallet, milestoneId);
      if (completion === null) return false;
      return signalledAt <= voteEnd(completion, terms.voteWindowSeconds, lost);
    });
  }

  private async genuine(manager: EntityManager, signals: readonly Signal[]): Promise<Signal[]> {
    const unproven = await this.marks.unproven(manager, signals.map(signalFact));
    const forged = new Set(unproven.map(({ id }) => id));
    for (const signal of signals) if (forged.has(signal.id)) await this.report(signal);
    return signals.filter(({ id }) => !forged.has(id));
  }

  /** Once a process: the same rows are looked at every minute. */
  private async report({ id, commitmentId, milestoneId, wallet, weightUsd }: Signal): Promise<void> {
    if (this.reported.has(id)) return;
    this.reported.add(id);
    const fields = { signalId: id, milestoneId, wallet, weightUsd };
    await this.audit.recordAlone({ event: 'approval_forged_error', commitmentId, fields });
  }
}
