import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { listed } from '#src/common/database/listed.js';
import { type AttemptStatus, isLive, UNDER_WAY } from './payout.js';
import { PayoutAttempt } from './payout-attempt.entity.js';

export type AttemptChange = Partial<
  Pick<
    PayoutAttempt,
    | 'status'
    | 'signature'
    | 'rawTransaction'
    | 'signedAt'
    | 'broadcastAt'
    | 'confirmedAt'
    | 'landedSlot'
    | 'endedAt'
    | 'error'
  >
>;

@Injectable()
export class PayoutAttemptRepository {
  async insert(manager: EntityManager, attempt: PayoutAttempt): Promise<void> {
    await manager.insert(PayoutAttempt, attempt);
  }

  /** All attempts of these payouts, oldest first. */
  async findByPayouts(manager: EntityManager, payoutIds: readonly string[]): Promise<PayoutAttempt[]> {
    return manager.find(PayoutAttempt, { where: { payoutId: In([...payoutIds]) }, order: { number: 'ASC' } });
  }

  /** The payout, other than this one, whose transaction out of the same escrow is under way. */
  async findUnderWay(manager: EntityManager, source: string): Promise<PayoutAttempt | null> {
    return manager.findOneBy(PayoutAttempt, { source, status: In([...UNDER_WAY]) });
  }

  /** The slot of the last transaction out of this escrow that is known to have landed: older balances are out of date. */
  async lastLandedSlot(manager: EntityManager, source: string): Promise<bigint | undefined> {
    const [row] = await manager.query<[{ slot: string | null }]>(
      `SELECT max(landed_slot)::text AS slot FROM public.payout_attempts WHERE source = $1`,
      [source],
    );
    return row.slot === null ? undefined : BigInt(row.slot);
  }

  /**
   * What other attempts have taken out of the escrow since this one was planned, their fees included where the escrow pays them,
   * and whether one may be taking something now.
   */
  async paidByOthers(
    manager: EntityManager,
    { id, source, blockhashSlot }: Pick<PayoutAttempt, 'id' | 'source' | 'blockhashSlot'>,
  ): Promise<{ lamports: bigint; underWay: boolean }> {
    const [row] = await manager.query<[{ lamports: string; underWay: boolean }]>(
      `SELECT coalesce(sum(CASE WHEN status = 'failed' THEN 0 ELSE amount_lamports END
                         + CASE WHEN fee_payer = source THEN fee_lamports ELSE 0 END)
                FILTER (WHERE landed_slot > $3), 0)::text AS lamports,
              coalesce(bool_or(status IN (${listed(UNDER_WAY)})), false) AS "underWay"
         FROM public.payout_attempts WHERE source = $2 AND id <> $1`,
      [id, source, blockhashSlot.toString()],
    );
    return { lamports: BigInt(row.lamports), underWay: row.underWay };
  }

  /** Whether a transaction of this payout was confirmed and is proven dead. */
  async hasVanished(manager: EntityManager, payoutId: string): Promise<boolean> {
    return manager.existsBy(PayoutAttempt, { payoutId, status: 'dead', confirmedAt: Not(IsNull()) });
  }

  /** Moves an attempt on if it still is in `from`. @returns false when somebody else has moved it. */
  async move(
    manager: EntityManager,
    id: string,
    from: AttemptStatus,
    change: AttemptChange,
  ): Promise<boolean> {
    const result = await manager.update(PayoutAttempt, { id, status: from }, change);
    return result.affected === 1;
  }

  async noteBroadcast(manager: EntityManager, id: string, at: Date): Promise<void> {
    await manager
      .createQueryBuilder()
      .update(PayoutAttempt)
      .set({ broadcastAt: at })
      .where('id = :id AND broadcast_at IS NULL', { id })
      .execute();
  }
}

/** The one attempt that may still land or has landed. */
export function liveAttempt(attempts: readonly PayoutAttempt[]): PayoutAttempt | null {
  return attempts.find(({ status }) => isLive(status)) ?? null;
}
