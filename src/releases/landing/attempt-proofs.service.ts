import { Injectable } from '@nestjs/common';
import { Chain, type Landing } from '#src/chain/port/chain.js';
import type { DeathFinding, DeathQuestion } from '#src/chain/port/death.js';
import { greatest, least } from '#src/common/money/bigints.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { BalanceCheck } from './balance-check.service.js';

/** What has to be proven before another transaction is signed for a payout. */
@Injectable()
export class AttemptProofs {
  constructor(
    private readonly chain: Chain,
    private readonly balance: BalanceCheck,
    private readonly bookings: PayoutBookings,
  ) {}

  /** What has become of it, by every voice. @throws DomainError `rpc_unavailable` */
  async landing({ id, signature }: PayoutAttempt): Promise<Landing> {
    if (signature === null) throw new Error(`attempt ${id} has no signature`);
    const [landing] = await this.chain.landings([signature], true);
    return landing ?? { state: 'absent' };
  }

  /** Every signature that was ever made for the payout has to be dead, not only the newest. Never throws. */
  death(attempt: PayoutAttempt, all: readonly PayoutAttempt[], oneWitness = false): Promise<DeathFinding> {
    return this.chain.proveDead({ ...this.questionAbout(attempt, all), oneWitness });
  }

  questionAbout(
    attempt: PayoutAttempt,
    all: readonly PayoutAttempt[],
  ): DeathQuestion & { signature?: string } {
    const asked = all.filter(({ id, status }) => id === attempt.id || status === 'dead');
    return {
      ...(attempt.signature === null ? {} : { signature: attempt.signature }),
      signatures: asked.flatMap(({ signature }) => (signature === null ? [] : [signature])),
      blockhashes: asked.map(({ blockhash }) => blockhash),
      source: attempt.source,
      lastValidBlockHeight: greatest(0n, ...asked.map((one) => one.lastValidBlockHeight)),
      oldestSlot: least(attempt.blockhashSlot, ...asked.map((one) => one.blockhashSlot)),
      signedAt: attempt.signedAt ?? attempt.createdAt,
    };
  }

  /**
   * What the escrow's balance says against it; null when it fits. A contradiction is an alarm for a person, and nothing is paid
   * again meanwhile.
   * @throws DomainError `rpc_unavailable`, `single_source`
   */
  async balanceDoubt(
    payout: Payout,
    dead: readonly PayoutAttempt[],
    minSlot?: bigint,
  ): Promise<string | null> {
    const finding = await this.balance.about(dead, minSlot);
    if (finding.state === 'fits') return null;
    const { state, reason } = finding;
    if (state === 'contradicts')
      await this.bookings.waiting(payout, 'payout_balance_contradiction_error', reason, dead.at(-1));
    return reason;
  }
}
