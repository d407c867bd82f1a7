import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import type { AuditEvent } from '#src/common/audit-events.js';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import { type Balance, Chain, type ChainTime } from '#src/chain/port/chain.js';
import { isChainTrouble } from '#src/chain/port/chain.errors.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { Transactions } from '#src/common/database/transactions.js';
import {
  failureRefusal,
  refundRefusal,
  type Refusal,
  type Resolution,
  successRefusal,
} from '#src/commitments/commitment/commitment.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { rollBack } from '#src/commitments/commitment/missed.js';
import { refused } from '#src/commitments/commitment/commitment.errors.js';
import { Commitments, personalFacts } from '#src/commitments/records/commitments.service.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import type { OrderTerms } from '#src/releases/payouts/payout-order.js';

/** How a personal commitment is to end, and by whose clock. */
export interface Decision {
  readonly resolution: Resolution;
  readonly now: ChainTime;
  /** Name of the audit row that tells of it. */
  readonly event: AuditEvent;
  /** The admin's signed word for it; the sweep needs none. */
  readonly act?: AdminAct;
  /** Nobody waits for the payment: the driver makes it at its next run. */
  readonly leftToDriver?: boolean;
}

/** One signature, and a priority fee that gets it through. */
const DUST_FEE_LAMPORTS = 10_000n;
const PURPOSES = { success: 'personal_success', failure: 'personal_failure' } as const;

/** The one way in which personal commitments end: the decision, its audit row and what it pays, once and together. */
@Injectable()
export class PersonalSettlements {
  constructor(
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly orders: PayoutOrders,
    private readonly door: SigningDoor,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: PayoutAudit,
    private readonly acts: AdminActs,
    private readonly settings: Settings,
  ) {}

  /**
   * @returns the payout that was written; null for a failure with an empty escrow, which is over with that.
   * @throws DomainError `not_attested`, `already_resolved`, `already_failing`, `decision_window_passed`, `deadline_not_passed`, and those of
   * `PayoutOrders.place`; nothing is written then
   */
  async settle(commitment: Commitment, decision: Decision): Promise<Payout | null> {
    const refusal = refusalOf(commitment, decision);
    if (refusal !== null) throw refused(refusal, commitment);
    await this.door.vouch(commitment.id);
    const source = await this.escrows.addressOf(commitment.id);
    const funded = await this.fundedLamports(source, decision);
    // An admin who decides success of an empty escrow is told so by the planner.
    const mayEndUnpaid = decision.resolution === 'failure' || decision.act === undefined;
    if (funded === 0n && mayEndUnpaid) {
      if (await this.endUnpaid(commitment, source, decision)) return null;
      return this.whoWasFaster(commitment.id, decision, true);
    }
    return this.orders.placeOr(
      { ...termsOf(commitment, source, decision), ...this.feeTerms(funded) },
      (manager, payout) => this.decide(manager, payout, decision, funded),
      (isLost) => this.whoWasFaster(commitment.id, decision, isLost),
    );
  }

  /**
   * What the escrow holds, for ever: equal readings of banks at least as young as the one whose clock decides, since an older
   * one may not know of a deposit. Dust that arrives all the time, or a voice that is silent for long, keeps nobody from a
   * refund: then the lower reading is told.
   */
  private async fundedLamports(escrow: string, { resolution, now }: Decision): Promise<bigint> {
    try {
      return lamportsOf(await this.chain.equalBalances([escrow], now.slot));
    } catch (error) {
      if (resolution === 'failure' || !isChainTrouble(error)) throw error;
      return lamportsOf(await this.chain.balances([escrow], now.slot));
    }
  }

  /** Dust pays for its own way: with a free commitment for each nobody empties the fee payer. */
  private feeTerms(funded: bigint): Pick<OrderTerms, 'feeLamports'> {
    return funded < BigInt(this.settings.env.PERSONAL_MIN_LAMPORTS) ? { feeLamports: DUST_FEE_LAMPORTS } : {};
  }

  /** An empty escrow keeps no promise: whatever was decided, the commitment has failed, and its record says so. */
  private async endUnpaid({ id, destinationOnFail }: Commitment, source: string, decision: Decision) {
    return this.transactions.run(async (manager) => {
      if (!(await this.begin(manager, id, decision, { resolution: 'failure', funded: 0n }))) return false;
      await this.commitments.finishResolution(manager, id, 'failure', rollBack);
      const nothing = { source, destination: destinationOnFail, amountLamports: 0n };
      const event = decision.act === undefined ? 'commitment_failure_ok' : decision.event;
      const payout = { commitmentId: id, subjectId: null, ...nothing };
      await this.audit.decided(manager, event, payout, { fundedLamports: 0 });
      return true;
    });
  }

  private async decide(
    manager: EntityManager,
    payout: Payout,
    decision: Decision,
    funded: bigint,
  ): Promise<boolean> {
    const { resolution } = decision;
    if (!(await this.begin(manager, payout.commitmentId, decision, { resolution, funded }))) return false;
    const fundedLamports = toJsonLamports(funded);
    await this.audit.decided(manager, decision.event, payout, { fundedLamports });
    return true;
  }

  /** Of many deciders one wins; an attestation that came in after the first look counts. */
  private async begin(
    manager: EntityManager,
    id: string,
    decision: Decision,
    { resolution, funded }: { readonly resolution: Resolution; readonly funded: bigint },
  ): Promise<boolean> {
    const commitment = await this.commitments.getLocked(manager, id);
    if (refusalOf(commitment, decision) !== null) return false;
    const { act, now } = decision;
    const chainTime = new Date(now.unixSeconds * 1000);
    if (!(await this.commitments.beginResolution(manager, id, resolution, chainTime, funded))) return false;
    if (act !== undefined) await this.acts.record(manager, act, chainTime);
    return true;
  }

  private async whoWasFaster(id: string, decision: Decision, isLost: boolean): Promise<null> {
    const commitment = await this.commitments.get(id);
    const refusal = refusalOf(commitment, decision);
    if (refusal !== null || isLost) throw refused(refusal ?? 'already_resolved', commitment);
    return null;
  }
}

function termsOf(commitment: Commitment, source: string, decision: Decision): OrderTerms {
  const { resolution, leftToDriver = false } = decision;
  return {
    commitmentId: commitment.id,
    purpose: PURPOSES[resolution],
    source,
    destination: resolution === 'success' ? commitment.wallet : commitment.destinationOnFail,
    dueAtOnce: leftToDriver,
  };
}

function refusalOf(commitment: Commitment, { resolution, now, act }: Decision): Refusal | null {
  const success = act === undefined ? refundRefusal : successRefusal;
  const rule = resolution === 'success' ? success : failureRefusal;
  return rule(personalFacts(commitment), now.unixSeconds);
}

function lamportsOf([balance]: readonly Balance[]): bigint {
  if (balance === undefined) throw new Error('a balance was asked for and not answered');
  return balance.lamports;
}
