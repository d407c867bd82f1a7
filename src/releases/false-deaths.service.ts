import { Injectable } from '@nestjs/common';
import { Chain } from '../chain/chain.js';
import { Transactions } from '../common/transactions.js';
import { BalanceEvidence } from './balance-evidence.service.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';

/** Looks once more for transactions that were proven dead: endpoints that proved it together may have been wrong together. */
@Injectable()
export class FalseDeaths {
  constructor(
    private readonly chain: Chain,
    private readonly evidence: BalanceEvidence,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @returns why one of the payout's dead attempts may have landed, in words for people; null when none has
   * @throws DomainError `rpc_unavailable`
   */
  async of(payoutId: string): Promise<string | null> {
    const { manager } = this.transactions;
    const all = await this.attempts.findByPayouts(manager, [payoutId]);
    const dead = all.filter(({ status }) => status === 'dead');
    const [first] = dead;
    if (first === undefined) return null;
    const signatures = dead.map(({ signature }) => signature ?? '');
    const statuses = await this.chain.signatureStatuses(signatures, true);
    const seen = statuses.findIndex((status) => status.state !== 'absent' && status.error === null);
    if (seen !== -1) return `transaction ${signatures[seen]} is on chain, although it was taken for dead`;
    const landed = (await this.attempts.lastLandedSlot(manager, first.source)) ?? 0n;
    const minSlot = dead.map(({ blockhashSlot }) => blockhashSlot).reduce((a, b) => (a > b ? a : b), landed);
    const testimony = await this.evidence.about(dead, minSlot);
    if (testimony.verdict === 'fits') return null;
    return testimony.verdict === 'contradicts'
      ? testimony.reason
      : 'another payout is moving money out of this escrow';
  }
}
