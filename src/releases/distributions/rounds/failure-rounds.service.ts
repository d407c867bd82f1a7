import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { type Lamports, toJsonLamports } from '#src/common/money/lamports.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { roundFact } from '#src/escrow/door/facts/failure-facts.js';
import { MOST_WAITING_LAMPORTS } from '#src/escrow/door/facts/later-money.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { Marks } from '#src/marks/marks.service.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureWeighing } from '#src/releases/failures/failure-weighing.service.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { NOTHING_OWN, PayoutRepository, type Promises } from '#src/releases/payouts/payout.repository.js';
import type { FailureDistribution } from '#src/releases/distributions/failure-distribution.entity.js';
import { FailureDistributionRepository } from '#src/releases/distributions/failure-distribution.repository.js';
import { FailureLegs } from '#src/releases/distributions/failure-legs.service.js';
import type { FailureRound } from './failure-round.entity.js';
import { FailureRoundRepository } from './failure-round.repository.js';
import { type Share, splitRound } from '#src/releases/distributions/failure-split.js';
import { LegFees } from '#src/releases/distributions/leg-fees.service.js';

/** What became of a look: `waits` is for another one, when what moves has settled. */
export type RoundOutcome = 'frozen' | 'too_little' | 'waits';

/** Everything that the decision depends on, and that must still be so when it is taken. */
interface Findings {
  readonly first: FailureDistribution;
  readonly round: FailureRound;
  readonly shares: readonly Share[];
  readonly promises: Promises;
  readonly landedSlot: bigint | undefined;
}

/** Shares out what has reached a failed escrow later, by the weights of the failure, with amounts that are frozen anew. */
@Injectable()
export class FailureRounds {
  constructor(
    private readonly commitments: Commitments,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly weighing: FailureWeighing,
    private readonly distributions: FailureDistributionRepository,
    private readonly rounds: FailureRoundRepository,
    private readonly legs: FailureLegs,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly fees: LegFees,
    private readonly chain: Chain,
    private readonly door: SigningDoor,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Freezes the next round of one failed commitment, where there is enough for one. Promises nothing that the escrow does not hold:
   * what earlier rounds still owe, with its fees, and a rent minimum are no part of it.
   * @throws DomainError `signing_refused`, `rpc_unavailable`, `chain_disagrees`, `single_source`
   */
  async freeze(commitmentId: string): Promise<RoundOutcome> {
    await this.door.vouch(commitmentId);
    const { manager } = this.transactions;
    if (await this.rounds.isMoving(manager, commitmentId)) return 'waits';
    const findings = await this.read(await this.commitments.get(commitmentId));
    if (findings === null) return 'too_little';
    return (await this.transactions.run((run) => this.decide(run, findings))) ? 'frozen' : 'waits';
  }

  /** Asks the chain, so never call it in a database transaction. */
  private async read({ id, terms, status }: Commitment): Promise<Findings | null> {
    const { manager } = this.transactions;
    const first = await this.distributions.find(manager, id);
    const announcement = await this.announcements.findStanding(manager, id);
    if (first === null || announcement === null || terms.kind !== 'creator_reward' || status !== 'failed')
      return null;
    const { escrow, treasury, treasuryShareBps: shareBps } = first;
    // In this order: a payout that is booked in between is then counted twice, never left out.
    const promises = await this.payouts.promisedToOthers(manager, escrow, NOTHING_OWN);
    const landedSlot = await this.attempts.lastLandedSlot(manager, escrow);
    const [balances, rentExemptMinimum, legFee] = await Promise.all([
      this.chain.equalBalances(treasury === null ? [escrow] : [escrow, treasury], landedSlot),
      this.chain.rentExemptMinimum(),
      this.fees.of(escrow),
    ]);
    const balance = balances[0]?.lamports ?? 0n;
    const facts = {
      balance,
      promised: promises.lamports,
      rentExemptMinimum,
      legFee,
      treasury: treasury === null ? null : { shareBps, balance: balances[1]?.lamports ?? 0n },
      weights: await this.weighing.result(manager, announcement),
      minShare: BigInt(terms.failureMinShareLamports),
    };
    const split = splitRound(facts, MOST_WAITING_LAMPORTS);
    if (split === null) return null;
    const round = {
      commitmentId: id,
      round: (await this.rounds.count(manager, id)) + 1,
      escrowBalanceLamports: balance,
      keptLamports: split.kept,
      treasuryLamports: split.treasury,
      potLamports: split.pot,
      legFeeLamports: legFee,
      feeTotalLamports: split.fees,
      frozenAt: this.clock.now(),
    };
    return { first, round, shares: split.shares, promises, landedSlot };
  }

  private async decide(manager: EntityManager, findings: Findings): Promise<boolean> {
    const { first, round, shares } = findings;
    const { commitmentId } = round;
    await this.commitments.lock(manager, commitmentId);
    if (!(await this.isAsFound(manager, findings))) return false;
    await this.rounds.insert(manager, round, shares);
    await this.marks.make(manager, roundFact(round, shares));
    await this.legs.beginRound(manager, first, round);
    await this.audit.record(manager, {
      event: 'commitment_failure_round',
      commitmentId,
      fields: auditFields(first, round, shares.length),
    });
    return true;
  }

  /** Nothing was promised, paid or frozen since the escrow was read. */
  private async isAsFound(
    manager: EntityManager,
    { first: { escrow }, round: { commitmentId, round }, promises, landedSlot }: Findings,
  ): Promise<boolean> {
    // What pays the market's fee takes an amount that nobody knows yet.
    if (promises.marketFees > 0 || (await this.rounds.isMoving(manager, commitmentId))) return false;
    if ((await this.attempts.lastLandedSlot(manager, escrow)) !== landedSlot) return false;
    if ((await this.rounds.count(manager, commitmentId)) !== round - 1) return false;
    const now = await this.payouts.promisedToOthers(manager, escrow, NOTHING_OWN);
    return now.lamports === promises.lamports && now.count === promises.count;
  }
}

function auditFields(
  { escrow, treasury }: FailureDistribution,
  round: FailureRound,
  shares: number,
): Record<string, unknown> {
  const json = (lamports: Lamports) => toJsonLamports(lamports);
  return {
    source: escrow,
    round: round.round,
    escrowBalanceLamports: json(round.escrowBalanceLamports),
    keptLamports: json(round.keptLamports),
    treasury,
    treasuryLamports: json(round.treasuryLamports),
    potLamports: json(round.potLamports),
    shares,
    legFeeLamports: json(round.legFeeLamports),
    feeLamports: json(round.feeTotalLamports),
  };
}
