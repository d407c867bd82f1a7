import { Injectable } from '@nestjs/common';
import { NOBODY, unpayable } from '#src/chain/port/payable.js';
import { type Balance, type BlockhashLease, Chain, type TransferPlan } from '#src/chain/port/chain.js';
import {
  compileTransfer,
  TRANSFER_COMPUTE_UNIT_LIMIT,
  transferFee,
} from '#src/chain/signing/transfer-transaction.js';
import type { DomainError } from '#src/common/errors/errors.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { Transactions } from '#src/common/database/transactions.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import { FeeOffers } from './fee-offers.service.js';
import type { FundingFacts } from './funding-rules.js';
import { factsOf, type Holdings, type PayoutIntent, refusalOf } from './intent-funding.js';
import { type Lessons, lessonsOf, NO_LESSONS, type Tried } from './lessons.js';
import { feePayerMissing, noWallet, simulationFailed } from '#src/releases/payouts/payout.errors.js';
import { PayoutRepository, type Promises } from '#src/releases/payouts/payout.repository.js';
import { type FeeBearer, feeBearer } from './payout-fee.js';

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

type ReadBalances = (addresses: readonly string[], minSlot?: bigint) => Promise<Balance[]>;

interface Refused {
  readonly ok: false;
  readonly refusal: DomainError;
}

type Draft = { readonly promises: Promises } & (
  | Refused
  | {
      readonly ok: true;
      readonly fee: Lamports;
      readonly facts: FundingFacts;
      readonly transfer: Omit<TransferPlan, 'blockhash'>;
    }
);

export type PlanResult = Refused | { readonly ok: true; readonly plan: PayoutPlan };

export type CheckResult = { readonly promises: Promises } & (
  Refused | { readonly ok: true; readonly amount: Lamports }
);

/** Stands where a blockhash belongs in a message that is simulated on the latest one. */
const ANY_BLOCKHASH = '1'.repeat(32);

/** Decides, from the chain as it is now, whether and how a payout can be made. Writes and sends nothing. */
@Injectable()
export class PayoutPlanner {
  constructor(
    private readonly chain: Chain,
    private readonly payouts: PayoutRepository,
    private readonly feePayer: FeePayer,
    private readonly fees: FeeOffers,
    private readonly transactions: Transactions,
  ) {}

  /**
   * A first look, before a payout is written: by whichever voice answers, so that one that is silent keeps nobody from asking.
   * @returns what it would pay, or why the payout cannot be made as things stand.
   * @throws DomainError `rpc_unavailable`
   */
  async check(intent: PayoutIntent): Promise<CheckResult> {
    const draft = await this.draft(intent, NO_LESSONS, (addresses, minSlot) =>
      this.chain.shownBalances(addresses, minSlot),
    );
    if (!draft.ok) return draft;
    const { facts, promises } = draft;
    const message = compileTransfer({ ...draft.transfer, blockhash: ANY_BLOCKHASH });
    const simulated = await this.chain.simulateFirst(message);
    if (simulated.ok) return { ok: true, amount: facts.amount, promises };
    return { ok: false, refusal: simulationFailed(intent.source, simulated.error), promises };
  }

  /**
   * What is signed: by two voices wherever two are configured.
   * @param earlier all attempts that were made before
   * @returns the plan, or why the payout cannot be made as things stand.
   * @throws DomainError `rpc_unavailable`, `chain_disagrees`, `single_source`
   */
  async plan(intent: PayoutIntent, earlier: readonly Tried[]): Promise<PlanResult> {
    const draft = await this.draft(intent, lessonsOf(earlier), (addresses, minSlot) =>
      this.chain.balances(addresses, minSlot),
    );
    if (!draft.ok) return draft;
    const { fee, transfer, facts } = draft;
    const lease = await this.chain.latestBlockhash();
    const message = compileTransfer({ ...transfer, blockhash: lease.blockhash });
    const simulated = await this.chain.simulate(message);
    if (!simulated.ok) return { ok: false, refusal: simulationFailed(intent.source, simulated.error) };
    const { amount, balance: sourceBalance } = facts;
    return { ok: true, plan: { message, amount, fee, feePayer: transfer.feePayer, sourceBalance, lease } };
  }

  private async draft(intent: PayoutIntent, lessons: Lessons, readBalances: ReadBalances): Promise<Draft> {
    const bearer = feeBearer(intent.source, intent.feeLamports, this.feePayer.address);
    if (bearer === null) return this.withoutFeePayer(intent);
    const { now, first } = await this.fees.of(intent, bearer, lessons.deaths);
    const holdings = await this.holdings(intent, bearer, readBalances);
    if (holdings.flaw !== null)
      return { ok: false, refusal: noWallet(intent.destination, holdings.flaw), promises: holdings.promises };
    const priced = (price: bigint) => this.priced(intent, holdings, bearer, lessons, { price, first });
    const raised = priced(now);
    // A raised fee that cannot be paid stops nothing: it is tried as at first.
    return raised.ok || now === first ? raised : priced(first);
  }

  private priced(
    intent: PayoutIntent,
    holdings: Holdings,
    bearer: FeeBearer,
    lessons: Lessons,
    { price, first }: { readonly price: bigint; readonly first: bigint },
  ): Draft {
    const { promises } = holdings;
    const fee = transferFee(bearer.signers, price);
    const others = this.feePayer.address === null ? transferFee(1, first) : 0n;
    const fees = { own: fee, others };
    const facts = factsOf(intent, holdings, bearer, fees, lessons);
    const refusal = refusalOf(intent, facts, bearer, fees, holdings.feePayer);
    if (refusal !== null) return { ok: false, refusal, promises };
    const transfer = {
      source: intent.source,
      destination: intent.destination,
      lamports: facts.amount,
      memo: intent.id,
      feePayer: bearer.address,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: price,
    };
    return { ok: true, fee, facts, transfer, promises };
  }

  private async withoutFeePayer(intent: PayoutIntent): Promise<Draft> {
    const { manager } = this.transactions;
    const promises = await this.payouts.promisedToOthers(manager, intent.source, intent);
    return { ok: false, refusal: feePayerMissing(intent.id), promises };
  }

  private async holdings(
    intent: PayoutIntent,
    bearer: FeeBearer,
    readBalances: ReadBalances,
  ): Promise<Holdings> {
    const { manager } = this.transactions;
    const { source, destination } = intent;
    // Before the balances: a payout that is booked in between is then counted twice, never left out.
    const { landedSlot, ...promises } = await this.payouts.promisedToOthers(manager, source, intent);
    const [balances, rentExemptMinimum] = await Promise.all([
      readBalances([source, destination, bearer.address], landedSlot ?? undefined),
      this.chain.rentExemptMinimum(),
    ]);
    const [first = 0n, second = 0n, third = 0n] = balances.map(({ lamports }) => lamports);
    const flaw = unpayable(destination, balances[1]?.occupant ?? NOBODY);
    return { source: first, destination: second, feePayer: third, rentExemptMinimum, promises, flaw };
  }
}
