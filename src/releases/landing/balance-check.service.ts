import { Injectable } from '@nestjs/common';
import { greatest } from '#src/common/money/bigints.js';
import { Chain } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';

/** What the balance says. `unsettled`: another payout is moving money, ask again later. */
export type BalanceFinding =
  { readonly state: 'fits' } | { readonly state: 'unsettled' | 'contradicts'; readonly reason: string };

/**
 * The escrow's balance, against endpoints that deny a transaction in every way they can be asked for it: only
 * transactions of this service take money out of an escrow, one at a time, so what is missing has been paid.
 */
@Injectable()
export class BalanceCheck {
  constructor(
    private readonly chain: Chain,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Whether these attempts out of one escrow, all said to be dead, may have landed.
   * @param minSlot nodes that have not come so far are not believed; nor are those behind the last payment out of the escrow
   * @throws DomainError `rpc_unavailable`
   */
  async about(attempts: readonly PayoutAttempt[], minSlot = 0n): Promise<BalanceFinding> {
    const [source] = attempts.map((attempt) => attempt.source);
    if (source === undefined) return { state: 'fits' };
    const { manager } = this.transactions;
    const landed = (await this.attempts.lastLandedSlot(manager, source)) ?? 0n;
    const slots = attempts.map(({ blockhashSlot }) => blockhashSlot);
    const [now] = await this.chain.balances([source], greatest(minSlot, landed, ...slots));
    const lamports = now?.lamports ?? 0n;
    for (const attempt of attempts) {
      if (attempt.sourceBalanceLamports === null || lamports >= attempt.sourceBalanceLamports) continue;
      // Read after the balance, in one statement: what was missing from the balance is under way here, or booked.
      const others = await this.attempts.paidByOthers(manager, attempt);
      if (others.underWay)
        return { state: 'unsettled', reason: 'another payout is moving money out of this escrow' };
      const expected = attempt.sourceBalanceLamports - others.lamports;
      if (lamports < expected) return { state: 'contradicts', reason: reasonOf(attempt, expected, lamports) };
    }
    return { state: 'fits' };
  }
}

function reasonOf({ signature, source }: PayoutAttempt, expected: bigint, found: bigint): string {
  return (
    `every RPC endpoint says that transaction ${signature} cannot land. But escrow ${source} holds ${found} lamports. ` +
    `Without it at least ${expected} would be left. Nothing is paid again until they agree`
  );
}
