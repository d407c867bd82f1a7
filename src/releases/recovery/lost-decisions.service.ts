import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { actor } from '#src/common/request-context.js';
import { isFinal } from '#src/commitments/commitment/commitment.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { FailureDistributionRepository } from '#src/releases/distributions/failure-distribution.repository.js';
import { FailureRoundRepository } from '#src/releases/distributions/rounds/failure-round.repository.js';
import { FailureEarnedRepository } from '#src/releases/milestones/failure-earned.repository.js';
import { ReleaseLockRepository } from '#src/releases/milestones/release-lock.repository.js';
import { payoutOrder } from '#src/releases/payouts/payout-order.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRegister } from '#src/releases/payouts/payout-register.service.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { businessKey, claimKey, treasuryKey } from '#src/releases/payouts/purpose.js';
import { roundOf } from '#src/escrow/door/facts/purpose.js';
import { type PossiblePayout, possiblePayouts, recoverable, type SeenPayment } from './possible-payouts.js';
import type { RecoveredEscrow } from './recovery.repository.js';

/** A payment that the chain knows and the ledger does not. */
export interface LostPayment extends SeenPayment {
  readonly balanceBefore: bigint;
  /** Whether it has left nothing behind. */
  readonly emptied: boolean;
  readonly blockTime: Date | null;
}

const SHARES_A_LOOK = 100_000;

/** Thrown to roll back: the state that is left does not allow the decision. */
class Refused extends Error {}

/** Decisions that a database has lost, taken from the payments that they have led to. No admin's act comes back with them. */
@Injectable()
export class LostDecisions {
  constructor(
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly distributions: FailureDistributionRepository,
    private readonly rounds: FailureRoundRepository,
    private readonly earned: FailureEarnedRepository,
    private readonly locks: ReleaseLockRepository,
    private readonly payouts: PayoutRepository,
    private readonly register: PayoutRegister,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Which payout of the commitment it has paid; or why it can be none. */
  async find(
    { commitmentId }: RecoveredEscrow,
    payment: LostPayment,
  ): Promise<{ readonly payout: PossiblePayout } | { readonly refusal: string }> {
    const { manager } = this.transactions;
    const { kind, wallet, destinationOnFail } = await this.commitments.get(commitmentId);
    const milestones = await this.milestones.findAll(manager, commitmentId);
    const frozen = await this.distributions.find(manager, commitmentId);
    const shares = frozen && (await this.distributions.findShares(manager, commitmentId, SHARES_A_LOOK, ''));
    const earned = frozen && (await this.earned.findAll(manager, commitmentId));
    const rounds = await this.rounds.findAll(manager, commitmentId);
    const forwards = await this.payouts.findOfPurpose(manager, commitmentId, 'stray_forward');
    const possible = possiblePayouts({
      commitmentId,
      kind,
      wallet,
      destinationOnFail,
      milestones,
      distribution: frozen && { ...frozen, earned: earned ?? [], shares: shares ?? [], rounds },
      forwards: forwards.length,
    });
    return recoverable(possible, payment, payment.emptied);
  }

  /**
   * Writes the payout with the state that asks for it, as the decision did that is lost.
   * @returns why it cannot be; null when it is written
   */
  async write(
    escrow: RecoveredEscrow,
    possible: PossiblePayout,
    payment: LostPayment,
  ): Promise<string | null> {
    try {
      await this.transactions.run(async (manager) => {
        const commitment = await this.commitments.getLocked(manager, escrow.commitmentId);
        const payout = await this.order(manager, escrow, possible, payment);
        const refusal = await this.decide(manager, commitment, payout, payment, possible);
        if (refusal !== null) throw new Refused(refusal);
      });
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  private async order(
    manager: EntityManager,
    { commitmentId, escrow }: RecoveredEscrow,
    { purpose, subject, part, lamports }: PossiblePayout,
    { destination, lamports: paid }: LostPayment,
  ): Promise<Payout> {
    const feeLamports = await this.legFeeOf(manager, commitmentId, roundOf({ purpose, part }));
    const isRelease = purpose === 'milestone_release';
    const keys = new Map([
      ['milestone_release', businessKey(purpose, subject ?? '')],
      ['distribution_claim', claimKey(commitmentId, destination, part)],
      ['failure_treasury', treasuryKey(commitmentId, part)],
      ['stray_forward', businessKey(purpose, `${commitmentId}:${part}`)],
    ]);
    const payout = await this.register.write(
      manager,
      payoutOrder({
        commitmentId,
        purpose,
        businessKey: keys.get(purpose) ?? businessKey(purpose, commitmentId),
        subjectId: isRelease ? subject : null,
        part,
        source: escrow,
        destination,
        amountLamports: paid,
        drain: lamports === null,
        feeLamports,
        requestedBy: actor(),
      }),
    );
    if (payout === null) throw new Refused(`the ledger has a payout for ${purpose} already`);
    return payout;
  }

  private async legFeeOf(
    manager: EntityManager,
    commitmentId: string,
    round: number,
  ): Promise<bigint | null> {
    const later = await this.rounds.findAll(manager, commitmentId);
    const frozen = round === 0 ? await this.distributions.find(manager, commitmentId) : later[round - 1];
    return frozen?.legFeeLamports ?? null;
  }

  private async decide(
    manager: EntityManager,
    commitment: Commitment,
    payout: Payout,
    payment: LostPayment,
    { state }: PossiblePayout,
  ): Promise<string | null> {
    const { kind, status } = commitment;
    switch (state) {
      case 'resolution':
        return this.resolve(manager, commitment, payout, payment);
      case 'release':
        return this.release(manager, payout);
      case 'rent':
        return LATER;
      case 'frozen':
        return null;
      case 'ended': {
        const earlier = await this.payouts.findOfPurpose(manager, commitment.id, payout.purpose);
        if (!isFinal(kind, status)) return `the commitment is ${status}, and nothing of it is stray`;
        return earlier.length === payout.part + 1 ? null : 'a forward before it is missing';
      }
    }
  }

  private async resolve(
    manager: EntityManager,
    { id, status, attestedAt }: Commitment,
    { purpose }: Payout,
    { balanceBefore, blockTime }: LostPayment,
  ): Promise<string | null> {
    const resolution = purpose === 'personal_success' ? 'success' : 'failure';
    if (status !== 'active') return `the commitment is ${status} in the ledger`;
    if (resolution === 'success' && attestedAt === null)
      return 'the ledger has lost the attestation that a success needs';
    const at = blockTime ?? this.clock.now();
    const isBegun = await this.commitments.beginResolution(manager, id, resolution, at, balanceBefore);
    return isBegun ? null : 'the commitment is being decided';
  }

  private async release(manager: EntityManager, payout: Payout): Promise<string | null> {
    const { id: payoutId, commitmentId, subjectId } = payout;
    const milestone = { id: subjectId ?? '', commitmentId };
    if (!(await this.milestones.beginRelease(manager, milestone)))
      return 'its milestone is not claimable in the ledger: approvals or the unlocking are lost';
    const createdAt = this.clock.now();
    const lock = { commitmentId, milestoneId: milestone.id, createdAt, txSig: null, payoutId };
    await this.locks.insert(manager, lock);
    return null;
  }
}

const LATER = 'it fetches what another payment has left behind, and that one is not booked';
