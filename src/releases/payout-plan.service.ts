import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type BlockhashLease, Chain } from '../chain/chain.js';
import {
  compileTransfer,
  priceOfFee,
  TRANSFER_COMPUTE_UNIT_LIMIT,
  transferFee,
} from '../chain/transfer-transaction.js';
import type { DomainError } from '../common/errors.js';
import type { Lamports } from '../common/lamports.js';
import { Transactions } from '../common/transactions.js';
import { FeePayer } from '../escrow/fee-payer.service.js';
import {
  destinationNotPayable,
  escrowUnderfunded,
  feePayerMissing,
  feePayerUnderfunded,
  simulationFailed,
} from './payout.errors.js';
import { type FeeBearer, feeBearer, feePayerNeed } from './payout-fee.js';
import { type Extent, type FundingFacts, fundingRefusal, payableAmount } from './payout.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutRepository, type Promises } from './payout.repository.js';
import type { Purpose } from './purpose.js';

/** What is to be paid. `amountLamports` is ignored for a drain, which pays all there is; but see `payableAmount` of shares. */
export interface PayoutIntent {
  readonly id: string;
  readonly purpose: Purpose;
  readonly businessKey: string;
  readonly source: string;
  readonly destination: string;
  readonly drain: boolean;
  readonly amountLamports: Lamports;
  readonly feeLamports: Lamports | null;
}

/** A transfer that was checked and simulated, ready to be signed. */
export interface PayoutPlan {
  readonly message: Uint8Array;
  readonly amount: Lamports;
  /** Of the whole transaction, whoever pays it. */
  readonly fee: Lamports;
  readonly feePayer: string;
  /** What the source holds before the payout. */
  readonly sourceBalance: Lamports;
  readonly lease: BlockhashLease;
}

interface Funding {
  readonly facts: FundingFacts;
  readonly feePayerBalance: Lamports;
  readonly promises: Promises;
}

export type PlanResult = { readonly promises: Promises } & (
  { readonly ok: true; readonly plan: PayoutPlan } | { readonly ok: false; readonly refusal: DomainError }
);

/** Decides, from the chain as it is now, whether and how a payout can be made. Writes and sends nothing. */
@Injectable()
export class PayoutPlanner {
  constructor(
    private readonly chain: Chain,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly feePayer: FeePayer,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @returns the plan, or why the payout cannot be made as things stand.
   * @throws DomainError `rpc_unavailable`
   */
  async plan(intent: PayoutIntent): Promise<PlanResult> {
    const bearer = feeBearer(intent.source, intent.feeLamports, this.feePayer.address);
    if (bearer === null) return this.withoutFeePayer(intent);
    const price = await this.price(intent, bearer);
    const fee = transferFee(bearer.signers, price);
    const { promises, ...funding } = await this.funding(intent, bearer, fee);
    const refusal = refusalOf(intent, funding.facts) ?? feeRefusal(bearer, fee, funding);
    if (refusal !== null) return { ok: false, refusal, promises };
    const { amount, balance: sourceBalance } = funding.facts;
    const lease = await this.chain.latestBlockhash();
    const message = compileTransfer({
      source: intent.source,
      destination: intent.destination,
      lamports: amount,
      memo: intent.id,
      feePayer: bearer.address,
      blockhash: lease.blockhash,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: price,
    });
    const simulated = await this.chain.simulate(message);
    if (!simulated.ok) {
      return { ok: false, refusal: simulationFailed(intent.source, simulated.error), promises };
    }
    const plan = { message, amount, fee, feePayer: bearer.address, sourceBalance, lease };
    return { ok: true, plan, promises };
  }

  private async withoutFeePayer(intent: PayoutIntent): Promise<PlanResult> {
    const { manager } = this.transactions;
    const promises = await this.payouts.promisedToOthers(manager, intent.source, intent);
    return { ok: false, refusal: feePayerMissing(intent.id), promises };
  }

  /** Micro-lamports per compute unit: what a fee that the source has promised allows, else the market's. */
  private async price(
    { source, destination, feeLamports }: PayoutIntent,
    bearer: FeeBearer,
  ): Promise<bigint> {
    if (feeLamports !== null && bearer.address === source) return priceOfFee(bearer.signers, feeLamports);
    return this.chain.priorityFee([source, destination]);
  }

  private async funding(intent: PayoutIntent, bearer: FeeBearer, fee: Lamports): Promise<Funding> {
    const manager: EntityManager = this.transactions.manager;
    const { source, destination } = intent;
    // In this order: a payout that is booked in between is then counted twice, never left out.
    const promises = await this.payouts.promisedToOthers(manager, source, intent);
    const minSlot = await this.attempts.lastLandedSlot(manager, source);
    const [balances, rentExemptMinimum] = await Promise.all([
      this.chain.balances([source, destination, bearer.address], minSlot),
      this.chain.rentExemptMinimum(),
    ]);
    const [balance, destinationBalance, feePayerBalance] = balances.map(({ lamports }) => lamports);
    const ownFee = bearer.signers === 2 ? 0n : fee;
    const marketFee = this.feePayer.address === null ? fee : 0n;
    const promisedToOthers = promises.lamports + BigInt(promises.marketFees) * marketFee;
    const facts = {
      balance: balance ?? 0n,
      amount: payableAmount(
        extentOf(intent),
        intent.amountLamports,
        (balance ?? 0n) - ownFee - promisedToOthers,
        { promisedToOthers, rentExemptMinimum },
      ),
      fee: ownFee,
      promisedToOthers,
      destinationBalance: destinationBalance ?? 0n,
      rentExemptMinimum,
    };
    return { facts, feePayerBalance: feePayerBalance ?? 0n, promises };
  }
}

/** A share is a drain only in that it may take dust along: others of the same escrow are paid beside it. */
export function extentOf({ drain, purpose }: Pick<PayoutIntent, 'drain' | 'purpose'>): Extent {
  if (!drain) return 'fixed';
  return purpose === 'distribution_claim' ? 'share' : 'all';
}

/** Where another wallet than the source pays: whether it can. */
function feeRefusal(
  bearer: FeeBearer,
  fee: Lamports,
  { facts, feePayerBalance }: Omit<Funding, 'promises'>,
): DomainError | null {
  const need = feePayerNeed(fee, facts.rentExemptMinimum);
  if (bearer.signers === 1 || feePayerBalance >= need) return null;
  return feePayerUnderfunded(bearer.address, feePayerBalance, need);
}

function refusalOf(intent: PayoutIntent, facts: FundingFacts): DomainError | null {
  const { balance, fee, promisedToOthers, rentExemptMinimum, destinationBalance } = facts;
  const amount = extentOf(intent) === 'all' ? 1n : facts.amount;
  const needed = amount + fee + promisedToOthers;
  const payable = fee > 0n ? rentExemptMinimum + fee : 0n;
  switch (fundingRefusal(facts)) {
    case null:
      return null;
    case 'underfunded':
    case 'below_rent_after_fee':
      return escrowUnderfunded(intent.source, balance, needed > payable ? needed : payable);
    case 'leaves_dust':
      return escrowUnderfunded(intent.source, balance, needed + rentExemptMinimum);
    case 'destination_below_rent':
      return destinationNotPayable(
        intent.destination,
        `with ${destinationBalance} lamports it would hold ${destinationBalance + facts.amount} after the payout of ` +
          `${facts.amount}, and an account needs ${rentExemptMinimum} to exist`,
      );
  }
}
