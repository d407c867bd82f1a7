import { Injectable } from '@nestjs/common';
import { Chain, type Landing } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import { BalanceCheck } from './balance-check.service.js';
import { type PayoutAttempt, signatureOf } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';

/** A dead attempt that some voice shows on chain. */
export interface SeenAttempt {
  readonly attempt: PayoutAttempt;
  readonly landing: Exclude<Landing, { state: 'absent' | 'failed' }>;
}

/** Looks once more for transactions that were proven dead: endpoints that proved it together may have been wrong together. */
@Injectable()
export class DeadAttempts {
  constructor(
    private readonly chain: Chain,
    private readonly balance: BalanceCheck,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Those of a payout's attempts that were proven dead, and are seen on chain all the same. Empty is the rule.
   * @throws DomainError `rpc_unavailable`
   */
  async seen(all: readonly PayoutAttempt[]): Promise<SeenAttempt[]> {
    const dead = deadOf(all);
    if (dead.length === 0) return [];
    const landings = await this.chain.landings(dead.map(signatureOf), true);
    return dead.flatMap((attempt, index) => {
      const landing = landings[index];
      const isSeen = landing !== undefined && landing.state !== 'absent' && landing.state !== 'failed';
      return isSeen ? [{ attempt, landing }] : [];
    });
  }

  /**
   * @returns why one of the payout's dead attempts may have landed, in words for people; null when none has
   * @throws DomainError `rpc_unavailable`
   */
  async doubt(payoutId: string): Promise<string | null> {
    const all = await this.attempts.findByPayouts(this.transactions.manager, [payoutId]);
    const [seen] = await this.seen(all);
    if (seen !== undefined)
      return `transaction ${seen.attempt.signature} is on chain, although it was taken for dead`;
    const finding = await this.balance.about(deadOf(all));
    return finding.state === 'fits' ? null : finding.reason;
  }
}

export function deadOf(attempts: readonly PayoutAttempt[]): PayoutAttempt[] {
  return attempts.filter(({ status }) => status === 'dead');
}
