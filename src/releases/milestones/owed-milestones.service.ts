import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { greatest, least } from '#src/common/money/bigints.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import type { OrderTerms } from '#src/releases/payouts/payout-order.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { FailureEarnedRepository } from './failure-earned.repository.js';

/** What a release pays: all that was promised, unless the commitment has failed with too little in its escrow. */
@Injectable()
export class OwedMilestones {
  constructor(
    private readonly rows: FailureEarnedRepository,
    private readonly payouts: PayoutRepository,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @param businessKey of the release
   * @throws DomainError `rpc_unavailable`
   */
  async amountOf(
    { id, unlockLamports }: Pick<Milestone, 'id' | 'unlockLamports'>,
    escrow: string,
    businessKey: string,
  ): Promise<Pick<OrderTerms, 'amountLamports' | 'feeLamports'>> {
    const { manager } = this.transactions;
    const owed = await this.rows.findOwed(manager, id);
    if (owed === null) return { amountLamports: unlockLamports };
    const { lamports, fee: feeLamports } = owed;
    if (lamports === unlockLamports) return { amountLamports: unlockLamports, feeLamports };
    const [balance] = await this.chain.shownBalances([escrow]);
    const { lamports: promised } = await this.payouts.promisedToOthers(manager, escrow, { businessKey });
    // Money that came later fills it up.
    const free = (balance?.lamports ?? 0n) - promised - feeLamports;
    const amountLamports = greatest(lamports, least(unlockLamports, free));
    // With nothing there, the refusal is to name all that is missing.
    return { amountLamports: amountLamports > 0n ? amountLamports : unlockLamports, feeLamports };
  }
}
