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
import { destinationNotPayable, escrowUnderfunded, simulationFailed } from './payout.errors.js';
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
  readonly fee: Lamports;
  readonly feePayer: string;
  /** What the source holds before the payout. */
  readonly sourceBalance: Lamports;
  readonly lease: BlockhashLease;
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
    private readonly transactions: Transactions,
  ) {}

  /**
   * @returns the plan, or why the payout cannot be made as things stand.
   * @throws DomainError `rpc_unavailable`
   */
  async plan(intent: PayoutIntent): Promise<PlanResult> {
    const price = await this.price(intent);
    const fee = transferFee(1, price);
    const { facts, promises } = await this.funding(intent, fee);
    const refusal = refusalOf(intent, facts);
    if (refusal !== null) return { ok: false, refusal, promises };
    const lease = await this.chain.latestBlockhash();
    const message = compileTransfer({
      source: intent.source,
      destination: intent.destination,
      lamports: facts.amount,
      memo: intent.id,
      feePayer: intent.source,
      blockhash: lease.blockhash,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: price,
    });
    const simulated = await this.chain.simulate(message);
    if (!simulated.ok) {
      return { ok: false, refusal: simulationFailed(intent.source, simulated.error), promises };
    }
    const { amount, balance: sourceBalance } = facts;
    const plan = { message, amount, fee, feePayer: intent.source, sourceBalance, lease };
    return { ok: true, plan, promises };
  }

  /** Micro-lamports per compute unit: what a fee that is part of the promise allows, else the market's. */
  private async price({ source, destination, feeLamports }: PayoutIntent): Promise<bigint> {
    if (feeLamports !== null) return priceOfFee(1, feeLamports);
    return this.chain.priorityFee([source, destination]);
  }

  private async funding(
    intent: PayoutIntent,
    fee: Lamports,
  ): Promise<{ facts: FundingFacts; promises: Promises }> {
    const manager: EntityManager = this.transactions.manager;
    // In this order: a payout that is booked in between is then counted twice, never left out.
    const promises = await this.payouts.promisedToOthers(manager, intent.source, intent);
    const minSlot = await this.attempts.lastLandedSlot(manager, intent.source);
    const [balances, rentExemptMinimum] = await Promise.all([
      this.chain.balances([intent.source, intent.destination], minSlot),
      this.chain.rentExemptMinimum(),
    ]);
    const balance = balances[0]?.lamports ?? 0n;
    const promisedToOthers = promises.lamports + BigInt(promises.marketFees) * fee;
    const facts = {
      balance,
      amount: payableAmount(extentOf(intent), intent.amountLamports, balance - fee - promisedToOthers, {
        promisedToOthers,
        rentExemptMinimum,
      }),
      fee,
      promisedToOthers,
      destinationBalance: balances[1]?.lamports ?? 0n,
      rentExemptMinimum,
    };
    return { facts, promises };
  }
}

function extentOf({ drain, purpose }: PayoutIntent): Extent {
  if (!drain) return 'fixed';
  return purpose === 'distribution_claim' ? 'share' : 'all';
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
