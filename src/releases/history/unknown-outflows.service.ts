import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Ids } from '#src/common/ids.js';
import { greatest } from '#src/common/money/bigints.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PauseEnds } from '#src/releases/pauses/pause-ends.service.js';
import { PauseRepository } from '#src/releases/pauses/pause.repository.js';
import { EscrowHistoryRepository, type Outflow } from './escrow-history.repository.js';

/** Who makes a pause that no admin has made: any admin may end it. */
const SERVER = 'this server';

export interface OutflowsOf {
  readonly commitmentId: string;
  readonly escrow: string;
}

/** Money that has left an escrow and that the ledger does not know of: an alarm, and nothing more is paid out of that escrow. */
@Injectable()
export class UnknownOutflows {
  constructor(
    private readonly rows: EscrowHistoryRepository,
    private readonly pauses: PauseRepository,
    private readonly ends: PauseEnds,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
  ) {}

  /**
   * Pauses the escrow, unless an admin who has looked has ended the pause that these outflows have caused.
   * @returns why its payouts wait; null when they need not
   */
  async stop({ commitmentId, escrow }: OutflowsOf, outflows: readonly Outflow[]): Promise<string | null> {
    const open = outflows.filter(({ pause }) => pause !== 'ended_by_admin');
    const [first] = open;
    if (first === undefined) return null;
    const reason = reasonOf(first, open.length);
    const fresh = open.filter(({ pause }) => pause !== 'open');
    for (const outflow of fresh) await this.report({ commitmentId, escrow }, outflow);
    if (fresh.length > 0) await this.pause({ commitmentId, escrow }, fresh, reason);
    return reason;
  }

  private async pause({ commitmentId, escrow }: OutflowsOf, outflows: readonly Outflow[], reason: string) {
    await this.transactions.run(async (manager) => {
      await this.pauses.lock(manager);
      await this.ends.endOver(manager);
      const scope = { scope: 'commitment', commitmentId, purpose: null } as const;
      const present = await this.pauses.findOpen(manager, scope);
      // What an admin has paused for another reason is looked at again when that pause is over.
      if (present !== null && present.createdBy !== SERVER) return;
      const pause =
        present ??
        (await this.ends.begin(manager, { id: this.ids.uuid(), ...scope, reason, createdBy: SERVER }));
      const signatures = outflows.map(({ signature }) => signature);
      await this.rows.notePause(manager, escrow, signatures, pause.id);
    });
  }

  private async report({ commitmentId, escrow }: OutflowsOf, outflow: Outflow): Promise<void> {
    const { signature, balanceBefore, balanceAfter, payment, slot, payout } = outflow;
    await this.audit.recordOnce({
      event: 'escrow_unknown_outflow_error',
      commitmentId,
      signature,
      ...(payment === null ? {} : { payoutId: payment.payoutId }),
      fields: {
        escrow,
        transaction: signature,
        slot: Number(slot),
        lamports: toJsonLamports(greatest(balanceBefore - balanceAfter, 0n)),
        ...(payment === null ? {} : { destination: payment.destination }),
        ...(payout === null ? {} : { payoutStatus: payout.status }),
      },
    });
  }
}

function reasonOf({ signature, payment, payout }: Outflow, count: number): string {
  const which =
    payment === null
      ? 'it names no payout'
      : payout === null
        ? `it names payout ${payment.payoutId}, which the ledger does not have (a restored backup?)`
        : `it names payout ${payment.payoutId}, which is ${payout.status} and not paid by it`;
  const others = count === 1 ? '' : `, and ${count - 1} more like it`;
  return (
    `transaction ${signature} was signed with the escrow's key and is not known to the ledger: ${which}${others}. ` +
    'Nothing is paid out of this escrow until an admin has looked (RUNBOOK.md, escrow_unknown_outflow_error)'
  );
}
