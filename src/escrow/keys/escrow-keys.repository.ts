import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { countByKeySql } from '#src/common/database/count-by-key.js';
import type { SealedEscrow } from './escrow-keys.service.js';

export interface KeyRows {
  readonly keyId: string;
  readonly rows: number;
}

/** A row as it was read, and how it is sealed from now on. */
export interface Resealed {
  readonly before: SealedEscrow;
  readonly ciphertext: Buffer;
}

export interface KeyFailure {
  readonly commitmentId: string;
  readonly address: string;
  readonly reason: string;
}

const SEALED = `escrows.commitment_id AS "commitmentId", escrows.address, escrows.key_id AS "keyId", escrows.ciphertext,
    commitments.message_hash AS "messageHash", commitments.terms_hash AS "termsHash"`;
const SEALED_ROWS = 'public.escrows JOIN public.commitments ON commitments.id = escrows.commitment_id';
/** Every row that the newest secret has not sealed yet; $1 is its key id. */
const STALE = `(custody = 'local' AND key_id <> $1)`;
/** Without those that the rotation $2 could not open. */
const REMAINING = `
  ${STALE} AND NOT EXISTS (
    SELECT 1 FROM public.escrow_key_failures AS failure
    WHERE failure.rotation_id = $2 AND failure.commitment_id = escrows.commitment_id)`;

const BY_KEY = countByKeySql('public.escrows', `custody = 'local'`);

// Rows that another worker holds are its own; it may die, and then they are there for the next pass.
const TAKE = `
  SELECT ${SEALED} FROM ${SEALED_ROWS}
   WHERE commitment_id > $3 AND ${REMAINING}
   ORDER BY commitment_id LIMIT $4 FOR UPDATE OF escrows SKIP LOCKED`;

const RESEAL = `
  UPDATE public.escrows AS escrow SET key_id = $1, ciphertext = resealed.ciphertext
    FROM unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[])
      AS resealed (commitment_id, old_key_id, old_ciphertext, ciphertext)
   WHERE escrow.commitment_id = resealed.commitment_id
     AND escrow.key_id = resealed.old_key_id AND escrow.ciphertext = resealed.old_ciphertext`;

const FAIL = `
  INSERT INTO public.escrow_key_failures (rotation_id, commitment_id, reason)
  SELECT $1, commitment_id, reason FROM unnest($2::uuid[], $3::text[]) AS failed (commitment_id, reason)
  ON CONFLICT DO NOTHING RETURNING commitment_id AS "commitmentId"`;

const PAGE = `
  SELECT ${SEALED} FROM ${SEALED_ROWS}
   WHERE custody = 'local' AND commitment_id > $1 ORDER BY commitment_id LIMIT $2`;

/** How escrow keys are sealed: counts for operators, and batches for those that go through all of them. */
@Injectable()
export class EscrowKeysRepository {
  /**
   * Local rows by key id, most rows first.
   * @param known keys whose rows are not counted
   */
  async countByKey(manager: EntityManager, known: readonly string[] = []): Promise<KeyRows[]> {
    return manager.query<KeyRows[]>(BY_KEY, [known]);
  }

  /** Local rows, in the order of commitment ids. */
  async findPage(manager: EntityManager, after: string, limit: number): Promise<SealedEscrow[]> {
    return manager.query<SealedEscrow[]>(PAGE, [after, limit]);
  }

  /** What a rotation has still to do. */
  async countRemaining(manager: EntityManager, toKeyId: string, rotationId: string | null): Promise<number> {
    const sql = `SELECT count(*)::int AS rows FROM public.escrows WHERE ${REMAINING}`;
    const [row] = await manager.query<[{ rows: number }]>(sql, [toKeyId, rotationId]);
    return row.rows;
  }

  /** Locks the next rows of a rotation for this transaction; those that others have locked are passed over. */
  async take(
    manager: EntityManager,
    rotation: { readonly id: string; readonly toKeyId: string },
    after: string,
    limit: number,
  ): Promise<SealedEscrow[]> {
    return manager.query<SealedEscrow[]>(TAKE, [rotation.toKeyId, rotation.id, after, limit]);
  }

  /** Only where a row still is what was read. @returns how many were */
  async reseal(manager: EntityManager, toKeyId: string, rows: readonly Resealed[]): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(RESEAL, [
      toKeyId,
      rows.map(({ before }) => before.commitmentId),
      rows.map(({ before }) => before.keyId),
      rows.map(({ before }) => before.ciphertext),
      rows.map(({ ciphertext }) => ciphertext),
    ]);
    return count;
  }

  /** @returns the failures that this rotation did not know yet */
  async addFailures(
    manager: EntityManager,
    rotationId: string,
    failures: readonly KeyFailure[],
  ): Promise<KeyFailure[]> {
    if (failures.length === 0) return [];
    const added = await manager.query<{ commitmentId: string }[]>(FAIL, [
      rotationId,
      failures.map(({ commitmentId }) => commitmentId),
      failures.map(({ reason }) => reason),
    ]);
    const ids = new Set(added.map(({ commitmentId }) => commitmentId));
    return failures.filter(({ commitmentId }) => ids.has(commitmentId));
  }
}
