import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LINE_COLUMNS, LINES, SEAL_COLUMNS, utcText } from '#src/audit/journal/audit-columns.js';
import type { Horizon, Seal, SealedLine, SealRound } from './audit-seal.js';

/** A line as the sealer reads it: of a change also whether the service has made it. */
export type UnsealedLine = SealedLine & {
  readonly ticket: string | null;
  /** The low 32 bits of the number of the transaction that has really written the row. */
  readonly writer: string | null;
};

// Asked outside of a transaction, so that the number that the statement is given comes after that of every other one that has one: a
// snapshot's own end does not, it only knows of those that have ended.
const HORIZON = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest, pg_current_xact_id()::text AS next,
         ${utcText('clock_timestamp()')} AS now`;

const LAST = `SELECT ${SEAL_COLUMNS} FROM public.audit_seals ORDER BY audit_seals.id DESC LIMIT 1`;
const ONE = `SELECT ${SEAL_COLUMNS} FROM public.audit_seals WHERE audit_seals.id = $1`;
const BY_IDS = `SELECT ${SEAL_COLUMNS} FROM public.audit_seals WHERE audit_seals.id = ANY($1::bigint[]) ORDER BY audit_seals.id`;

// A line is in the first seal that reaches its id, or, where its transaction ended late, in one soon after.
const HOLDERS = `
  SELECT line.id::text AS line, held.id::text AS seal
    FROM unnest($1::bigint[]) AS line (id)
   CROSS JOIN LATERAL (
     SELECT near.id FROM (SELECT s.id, s.row_ids FROM public.audit_seals AS s
                           WHERE s.max_id >= line.id ORDER BY s.max_id, s.id LIMIT 20) AS near
      WHERE line.id = ANY(near.row_ids) LIMIT 1) AS held`;

const PORTION = `SELECT ${SEAL_COLUMNS} FROM public.audit_seals
  WHERE audit_seals.id > $1 AND audit_seals.id <= $2 ORDER BY audit_seals.id LIMIT $3`;

// Ids that were handed out before the round began, to transactions that ended late: found by their transactions.
const LATE = `
  SELECT ${LINE_COLUMNS}, ticket, writer::text AS writer FROM ${LINES}
   WHERE line.id > $1 AND line.id <= $2 AND line.txid >= $3::xid8 AND line.txid < $4::xid8
   ORDER BY line.id LIMIT $5`;

const FRESH = `
  SELECT ${LINE_COLUMNS}, ticket, writer::text AS writer FROM ${LINES}
   WHERE line.id > $1 AND line.txid < $2::xid8 ORDER BY line.id LIMIT $3`;

const PORTION_OF_LINES = `SELECT ${LINE_COLUMNS} FROM ${LINES} WHERE line.id > $1 ORDER BY line.id LIMIT $2`;

const INSERT = `
  INSERT INTO public.audit_seals (id, prev_hash, row_ids, digests, row_count, from_txid, to_txid, next_txid, opened_at,
    from_id, floor_id, max_id, drained, sealed_at, hash, foreign_ids, key_number, signature)
  VALUES ($1, decode($2, 'hex'), $3::bigint[], $4, $5, $6::xid8, $7::xid8, $8::xid8, $9::timestamptz,
    $10, $11, $12, $13, $14::timestamptz, decode($15, 'hex'), $16::bigint[], $17, $18)`;

@Injectable()
export class AuditSealRepository {
  /** @param manager outside of a transaction */
  async horizon(manager: EntityManager): Promise<Horizon> {
    const [horizon] = await manager.query<Horizon[]>(HORIZON);
    if (horizon === undefined) throw new Error('the database has no snapshot');
    return horizon;
  }

  async findLast(manager: EntityManager): Promise<Seal | null> {
    const [seal] = await manager.query<Seal[]>(LAST);
    return seal ?? null;
  }

  /** Seals after one and up to another, in their order. */
  findPortion(manager: EntityManager, after: string, upTo: string, limit: number): Promise<Seal[]> {
    return manager.query<Seal[]>(PORTION, [after, upTo, limit]);
  }

  async find(manager: EntityManager, id: string): Promise<Seal | null> {
    const [seal] = await manager.query<Seal[]>(ONE, [id]);
    return seal ?? null;
  }

  /** In their order. */
  async findByIds(manager: EntityManager, ids: readonly string[]): Promise<Seal[]> {
    return manager.query<Seal[]>(BY_IDS, [ids]);
  }

  /** Which seal holds which line, both by their ids. */
  async findHolders(manager: EntityManager, lineIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await manager.query<{ line: string; seal: string }[]>(HOLDERS, [lineIds]);
    return new Map(rows.map(({ line, seal }) => [line, seal]));
  }

  /** Lines after one, in their order. */
  findLines(manager: EntityManager, afterId: string, limit: number): Promise<SealedLine[]> {
    return manager.query<SealedLine[]>(PORTION_OF_LINES, [afterId, limit]);
  }

  /** Lines of the round that are not sealed yet, ascending. */
  async findUnsealed(manager: EntityManager, round: SealRound, limit: number): Promise<UnsealedLine[]> {
    const { fromTxid, toTxid, fromId, floorId, resumeId } = round;
    const after = highest(floorId, resumeId);
    const late =
      BigInt(after) < BigInt(fromId)
        ? await manager.query<UnsealedLine[]>(LATE, [after, fromId, fromTxid, toTxid, limit])
        : [];
    if (late.length >= limit) return late;
    const fresh = [highest(after, fromId), toTxid, limit - late.length];
    return [...late, ...(await manager.query<UnsealedLine[]>(FRESH, fresh))];
  }

  async insert(manager: EntityManager, seal: Seal): Promise<void> {
    const { id, prevHash, rowIds, digests, fromTxid, toTxid, nextTxid, openedAt, fromId, floorId } = seal;
    const round = [fromTxid, toTxid, nextTxid, openedAt, fromId, floorId];
    const end = [
      seal.maxId,
      seal.drained,
      seal.sealedAt,
      seal.hash,
      seal.foreignIds,
      seal.keyNumber,
      seal.signature,
    ];
    await manager.query(INSERT, [id, prevHash, rowIds, digests, rowIds.length, ...round, ...end]);
  }
}

function highest(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? a : b;
}
