import { Injectable } from '@nestjs/common';
import { Chain } from '../chain/chain.js';
import { Transactions } from '../common/transactions.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';

/** What the balances say. `unsettled`: another payout is moving money, ask again later. */
export type BalanceTestimony =
  | { readonly verdict: 'fits' }
  | { readonly verdict: 'unsettled' }
  | { readonly verdict: 'contradicts'; readonly reason: string };

/**
 * The escrow's balance as a witness against endpoints that deny a transaction in every way they can be asked for it: only
 * transactions of this service take money out of an escrow, one at a time, so what is missing has been paid.
 */
@Injectable()
export class BalanceEvidence {
  constructor(
    private readonly chain: Chain,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Whether these attempts out of one escrow, all said to be dead, may have landed.
   * @param minSlot nodes that have not come so far are not believed
   * @throws DomainError `rpc_unavailable`
   */
  async about(suspects: readonly PayoutAttempt[], minSlot: bigint): Promise<BalanceTestimony> {
    const [source] = suspects.map((attempt) => attempt.source);
    if (source === undefined) return { verdict: 'fits' };
    const [now] = await this.chain.balances([source], minSlot);
    const lamports = now?.lamports ?? 0n;
    for (const suspect of suspects) {
      if (suspect.sourceBalanceLamports === null || lamports >= suspect.sourceBalanceLamports) continue;
      // Read after the balance, in one statement: what was missing from the balance is under way here, or booked.
      const others = await this.attempts.paidByOthers(this.transactions.manager, suspect);
      if (others.underWay) return { verdict: 'unsettled' };
      const expected = suspect.sourceBalanceLamports - others.lamports;
      if (lamports < expected)
        return { verdict: 'contradicts', reason: reasonOf(suspect, expected, lamports) };
    }
    return { verdict: 'fits' };
  }
}

function reasonOf({ signature, source }: PayoutAttempt, expected: bigint, found: bigint): string {
  return (
    `every RPC endpoint says that transaction ${signature} cannot land, and escrow ${source} holds ${found} lamports where ` +
    `at least ${expected} would be left without it; nothing is paid again until they agree`
  );
}
