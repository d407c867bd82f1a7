import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { inParallel } from '#src/common/in-parallel.js';
import { Marks } from '#src/marks/marks.service.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import { actionState, isFinding, type ReconciliationLine } from './reconciliation.js';
import { type ActionRow, ComparedActionRepository } from './compared-action.repository.js';
import type { Before, Scope } from './reconciliation.repository.js';

const WIDTH = 4;

/** What admins have decided, from the audit log to the payout to the transaction on chain. */
@Injectable()
export class ActionComparison {
  constructor(
    private readonly rows: ComparedActionRepository,
    private readonly histories: EscrowHistories,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
  ) {}

  /** @throws RpcUnavailableError, SingleSourceError, HistoryIncompleteError */
  async run(scope: Scope, before: ReadonlyMap<string, Before>): Promise<ReconciliationLine[]> {
    const { manager } = this.transactions;
    await inParallel(await this.rows.unread(manager, scope), WIDTH, (escrow) =>
      this.histories.complete(escrow),
    );
    const actions = await this.rows.actions(manager, scope);
    const facts = actions.flatMap(({ payout }) => (payout === null ? [] : [payout.fact]));
    const unproven = new Set((await this.marks.unproven(manager, facts)).map(({ id }) => id));
    const lines = actions.map((action) => lineOf(action, unproven, before));
    return [...lines, ...(await this.unauthorised(scope))];
  }

  /** Rows of payouts that somebody has put there. */
  private async unauthorised(scope: Scope): Promise<ReconciliationLine[]> {
    const { manager } = this.transactions;
    const untold = await this.rows.untold(manager, scope);
    const facts = untold.map(({ fact }) => fact);
    const unproven = new Set((await this.marks.unproven(manager, facts)).map(({ id }) => id));
    return untold
      .filter(({ id }) => unproven.has(id))
      .map(({ id, commitmentId, lamports }) => ({
        commitmentId,
        subject: id,
        state: 'unauthorised' as const,
        ledgerLamports: lamports,
        chainLamports: 0n,
        isFinding: true,
        detail: 'a row of payouts that this server has not decided',
      }));
  }
}

function lineOf(
  { event, auditId, payoutId, commitmentId, ...action }: ActionRow,
  unproven: ReadonlySet<string>,
  before: ReadonlyMap<string, Before>,
): ReconciliationLine {
  const { payout, transaction, told } = action;
  const isProven = !unproven.has(payoutId);
  const state = actionState({ told, transaction, payout: payout && { ...payout, isProven } });
  const line = {
    commitmentId,
    subject: payoutId,
    state,
    ledgerLamports: payout?.isPaid === true ? payout.lamports : 0n,
    chainLamports: transaction?.lamports ?? 0n,
    detail: `audit row ${auditId}, ${event}`,
  };
  return { ...line, isFinding: isFinding(line, before.get(payoutId)) };
}
