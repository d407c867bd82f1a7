import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HistoryCursor, HistoryEntry } from '#src/chain/port/chain.js';
import type { PayoutStatus } from '#src/releases/payouts/payout.js';
import { namesPayout, type OpenedTransaction, type Owed } from './escrow-transaction.js';

/** The attempt that has the same signature, where there is one; its mark says whether this server has signed it. */
export interface SameSignature {
  readonly id: string;
  readonly signature: string;
  readonly rawTransaction: Buffer;
}

export interface EscrowMoment {
  readonly escrow: string;
  readonly slot: bigint;
}

/** A transaction that nobody has opened yet. */
export interface Unopened {
  readonly signature: string;
  readonly namesPayout: boolean;
  readonly attempt: SameSignature | null;
}

/** A successful transaction that the escrow has signed. */
export interface Outflow extends OpenedTransaction {
  readonly attempt: SameSignature | null;
  /** The payout that it names; null where the ledger has none. */
  readonly payout: (Owed & { readonly status: PayoutStatus }) | null;
  /** The pause that it has caused, while that counts. */
  readonly pause: 'none' | 'open' | 'ended_by_admin' | 'over';
}

const ATTEMPT = `
  CASE WHEN a.id IS NULL THEN NULL
       ELSE json_build_object('id', a.id, 'signature', a.signature, 'raw', encode(a.raw_transaction, 'hex')) END AS attempt`;

const UNOPENED = `
  SELECT t.signature, t.names_payout AND NOT t.failed AS "namesPayout", ${ATTEMPT}
    FROM public.escrow_transactions t LEFT JOIN public.payout_attempts a ON a.signature = t.signature AND a.source = t.escrow
   WHERE t.escrow = $1 AND t.opened_at IS NULL`;

const OUTFLOWS = `
  SELECT t.signature, t.slot::text AS slot, t.failed, t.is_signer AS "isSigner", t.balance_before::text AS "balanceBefore",
         t.balance_after::text AS "balanceAfter", t.fee_lamports::text AS "feeLamports", t.collects_fees AS "collectsFees",
         t.unwraps,
         t.payout_id AS "payoutId", t.destination, t.amount_lamports::text AS lamports, CASE WHEN w.id IS NULL THEN NULL
              ELSE json_build_object('id', w.id, 'status', w.status, 'destination', w.destination, 'drain', w.drain,
                                     'amountLamports', w.amount_lamports::text) END AS payout,
         CASE WHEN p.id IS NULL THEN 'none' WHEN p.ended_at IS NULL THEN 'open'
              WHEN p.ended_at < p.ends_at THEN 'ended_by_admin' ELSE 'over' END AS pause, ${ATTEMPT}
    FROM public.escrow_transactions t
    LEFT JOIN public.payout_attempts a ON a.signature = t.signature AND a.source = t.escrow
    LEFT JOIN public.payouts w ON w.id = t.payout_id
    LEFT JOIN public.payout_pauses p ON p.id = t.pause_id
   WHERE t.escrow = $1 AND t.is_signer AND NOT t.failed AND NOT t.unwraps
   ORDER BY t.slot, t.signature`;

// What was opened counts as the chain says; what is not opened yet and was booked counts as it was booked.
const EXPECTED = `
  SELECT (coalesce((SELECT sum(balance_after - balance_before) FROM public.escrow_transactions
                     WHERE escrow = $1 AND opened_at IS NOT NULL), 0)
        - coalesce((SELECT sum(CASE WHEN a.status = 'failed' THEN 0 ELSE a.amount_lamports END
                             + CASE WHEN a.fee_payer = a.source THEN a.fee_lamports ELSE 0 END)
                      FROM public.payout_attempts a
                     WHERE a.source = $1 AND a.landed_slot IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM public.escrow_transactions t
                        WHERE t.escrow = $1 AND t.signature = a.signature AND t.opened_at IS NOT NULL)), 0))::text AS lamports`;

const SAVE = `
  INSERT INTO public.escrow_transactions (escrow, signature, slot, failed, names_payout, seen_at)
  SELECT $1, e.signature, e.slot, e.failed, e.named, $2
    FROM unnest($3::text[], $4::bigint[], $5::boolean[], $6::boolean[]) AS e(signature, slot, failed, named)
  ON CONFLICT (escrow, signature) DO NOTHING`;

const MOVE_CURSOR = `
  INSERT INTO public.escrow_histories (escrow, cursor_signature, cursor_before, cursor_slot, read_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (escrow) DO UPDATE
     SET cursor_signature = EXCLUDED.cursor_signature, cursor_before = EXCLUDED.cursor_before,
         cursor_slot = EXCLUDED.cursor_slot, read_at = EXCLUDED.read_at`;

const OPEN = `
  UPDATE public.escrow_transactions
     SET opened_at = $3, block_time = $4, is_signer = $5, balance_before = $6, balance_after = $7, fee_lamports = $8,
         collects_fees = $9, payout_id = $10, destination = $11, amount_lamports = $12, unwraps = $13
   WHERE escrow = $1 AND signature = $2 AND opened_at IS NULL`;

type AttemptColumn = { readonly id: string; readonly signature: string; readonly raw: string } | null;
type UnopenedRow = Omit<Unopened, 'attempt'> & { readonly attempt: AttemptColumn };
type Row = Readonly<Record<string, string>> & {
  readonly failed: boolean;
  readonly isSigner: boolean;
  readonly collectsFees: boolean;
  readonly unwraps: boolean;
  readonly attempt: AttemptColumn;
  readonly payout:
    (Omit<NonNullable<Outflow['payout']>, 'amountLamports'> & { readonly amountLamports: string }) | null;
};

@Injectable()
export class EscrowHistoryRepository {
  /** How far it is read, and when it was made. */
  async begin(
    manager: EntityManager,
    escrow: string,
  ): Promise<{ readonly madeAt: Date; readonly cursor: HistoryCursor | null }> {
    const [row] = await manager.query<
      { madeAt: Date; signature: string | null; before: string | null; slot: string | null }[]
    >(
      `SELECT e.created_at AS "madeAt", h.cursor_signature AS signature, h.cursor_before AS before, h.cursor_slot::text AS slot
         FROM public.escrows e LEFT JOIN public.escrow_histories h ON h.escrow = e.address WHERE e.address = $1`,
      [escrow],
    );
    if (row === undefined) throw new Error(`there is no escrow ${escrow}`);
    const { madeAt, signature, before, slot } = row;
    const isRead = signature !== null && slot !== null;
    return { madeAt, cursor: isRead ? { signature, before, slot: BigInt(slot) } : null };
  }

  async moveCursor(manager: EntityManager, escrow: string, cursor: HistoryCursor, at: Date): Promise<void> {
    const { signature, before, slot } = cursor;
    await manager.query(MOVE_CURSOR, [escrow, signature, before, slot.toString(), at]);
  }

  /** Each transaction once, whoever has seen it first. */
  async save(
    manager: EntityManager,
    escrow: string,
    entries: readonly HistoryEntry[],
    at: Date,
  ): Promise<void> {
    if (entries.length === 0) return;
    await manager.query(SAVE, [
      escrow,
      at,
      entries.map(({ signature }) => signature),
      entries.map(({ slot }) => slot.toString()),
      entries.map(({ failed }) => failed),
      entries.map(({ memos }) => namesPayout(memos)),
    ]);
  }

  /**
   * All whose signature an attempt has, then so many of the others: those that name a payout first, then the oldest.
   * @param limit of the others
   */
  async unopened(manager: EntityManager, escrow: string, limit: number): Promise<Unopened[]> {
    const order = 'ORDER BY t.names_payout AND NOT t.failed DESC, t.slot, t.signature LIMIT $2';
    const sql = `(${UNOPENED} AND a.id IS NOT NULL) UNION ALL (${UNOPENED} AND a.id IS NULL ${order})`;
    return (await manager.query<UnopenedRow[]>(sql, [escrow, limit])).map(toUnopened);
  }

  /** Signatures of all that are not opened, in their order. */
  async unopenedAfter(
    manager: EntityManager,
    escrow: string,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await manager.query<{ signature: string }[]>(
      `SELECT signature FROM public.escrow_transactions
        WHERE escrow = $1 AND opened_at IS NULL AND signature > $2 ORDER BY signature LIMIT $3`,
      [escrow, after, limit],
    );
    return rows.map(({ signature }) => signature);
  }

  /** Lamports of each escrow after its slot, by its opened transactions. */
  async heldAt(manager: EntityManager, moments: readonly EscrowMoment[]): Promise<Map<string, bigint>> {
    const rows = await manager.query<{ escrow: string; lamports: string }[]>(
      // Not from escrow_entries, which would be made up for all escrows first.
      `SELECT m.escrow, coalesce(sum(t.balance_after - t.balance_before), 0)::text AS lamports
         FROM unnest($1::text[], $2::bigint[]) AS m(escrow, slot)
         LEFT JOIN public.escrow_transactions t ON t.escrow = m.escrow AND t.opened_at IS NOT NULL AND t.slot <= m.slot
        GROUP BY m.escrow`,
      [moments.map(({ escrow }) => escrow), moments.map(({ slot }) => slot.toString())],
    );
    return new Map(rows.map(({ escrow, lamports }) => [escrow, BigInt(lamports)]));
  }

  /** Those out of which a transaction that they have signed has taken something. */
  async withOutflows(manager: EntityManager, escrows: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ escrow: string }[]>(
      `SELECT DISTINCT t.escrow FROM public.escrow_transactions t
        WHERE t.escrow = ANY ($1) AND t.is_signer AND NOT t.failed AND NOT t.unwraps`,
      [escrows],
    );
    return new Set(rows.map(({ escrow }) => escrow));
  }

  /** @returns false when somebody else has opened it */
  async open(
    manager: EntityManager,
    escrow: string,
    opened: OpenedTransaction & { readonly blockTime: Date | null },
    at: Date,
  ): Promise<boolean> {
    const { signature, blockTime, isSigner, collectsFees, payment } = opened;
    const [, affected] = await manager.query<[unknown, number]>(OPEN, [
      escrow,
      signature,
      at,
      blockTime,
      isSigner,
      opened.balanceBefore.toString(),
      opened.balanceAfter.toString(),
      opened.feeLamports.toString(),
      collectsFees,
      payment?.payoutId ?? null,
      payment?.destination ?? null,
      payment?.lamports.toString() ?? null,
      opened.unwraps,
    ]);
    return affected === 1;
  }

  /** Oldest first, those of the ledger included. */
  async outflows(manager: EntityManager, escrow: string): Promise<Outflow[]> {
    const rows = await manager.query<Row[]>(OUTFLOWS, [escrow]);
    return rows.map(toOutflow);
  }

  /** Lamports that the escrow holds at least, by what is opened and booked: what is not opened yet only adds to it. */
  async expected(manager: EntityManager, escrow: string): Promise<bigint> {
    const [row] = await manager.query<[{ lamports: string }]>(EXPECTED, [escrow]);
    return BigInt(row.lamports);
  }

  async notePause(
    manager: EntityManager,
    escrow: string,
    signatures: readonly string[],
    pauseId: string,
  ): Promise<void> {
    await manager.query(
      'UPDATE public.escrow_transactions SET pause_id = $3 WHERE escrow = $1 AND signature = ANY ($2)',
      [escrow, signatures, pauseId],
    );
  }
}

function attemptOf(column: AttemptColumn): SameSignature | null {
  if (column === null) return null;
  return { id: column.id, signature: column.signature, rawTransaction: Buffer.from(column.raw, 'hex') };
}

function toUnopened(row: UnopenedRow): Unopened {
  return { ...row, attempt: attemptOf(row.attempt) };
}

function toOutflow({ attempt, payout, failed, isSigner, collectsFees, unwraps, ...row }: Row): Outflow {
  const { payoutId, destination, lamports } = row;
  const isPayment = payoutId && destination && lamports;
  return {
    signature: row['signature'] ?? '',
    slot: BigInt(row['slot'] ?? 0),
    failed,
    isSigner,
    collectsFees,
    unwraps,
    balanceBefore: BigInt(row['balanceBefore'] ?? 0),
    balanceAfter: BigInt(row['balanceAfter'] ?? 0),
    feeLamports: BigInt(row['feeLamports'] ?? 0),
    payment: isPayment ? { payoutId, destination, lamports: BigInt(lamports) } : null,
    attempt: attemptOf(attempt),
    payout: payout === null ? null : { ...payout, amountLamports: BigInt(payout.amountLamports) },
    pause: row['pause'] as Outflow['pause'],
  };
}
