import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface KeyRotationRow {
  readonly id: string;
  /** The key id that every row is to have. */
  readonly toKeyId: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly rotated: number;
  readonly failed: number;
}

const COLUMNS = `id, to_key_id AS "toKeyId", requested_by AS "requestedBy", requested_at AS "requestedAt",
  finished_at AS "finishedAt", rotated::int AS rotated, failed::int AS failed`;

const INSERT = `
  INSERT INTO public.escrow_key_rotations (id, to_key_id, requested_by, requested_at)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`;

@Injectable()
export class KeyRotationRepository {
  /** The open one, else the one that was asked for last. */
  async findNewest(manager: EntityManager): Promise<KeyRotationRow | null> {
    const order = '(finished_at IS NULL) DESC, requested_at DESC, id DESC';
    const sql = `SELECT ${COLUMNS} FROM public.escrow_key_rotations ORDER BY ${order} LIMIT 1`;
    return (await manager.query<KeyRotationRow[]>(sql))[0] ?? null;
  }

  async findOpen(manager: EntityManager): Promise<KeyRotationRow | null> {
    const sql = `SELECT ${COLUMNS} FROM public.escrow_key_rotations WHERE finished_at IS NULL`;
    return (await manager.query<KeyRotationRow[]>(sql))[0] ?? null;
  }

  /** @returns null when there is an open one already */
  async insert(
    manager: EntityManager,
    { id, toKeyId, requestedBy, requestedAt }: Omit<KeyRotationRow, 'finishedAt' | 'rotated' | 'failed'>,
  ): Promise<KeyRotationRow | null> {
    return (
      (await manager.query<KeyRotationRow[]>(INSERT, [id, toKeyId, requestedBy, requestedAt]))[0] ?? null
    );
  }

  async addProgress(manager: EntityManager, id: string, rotated: number, failed: number): Promise<void> {
    await manager.query(
      'UPDATE public.escrow_key_rotations SET rotated = rotated + $2, failed = failed + $3 WHERE id = $1',
      [id, rotated, failed],
    );
  }

  /** @returns null when it is finished already */
  async finish(manager: EntityManager, id: string, at: Date): Promise<KeyRotationRow | null> {
    const sql = `UPDATE public.escrow_key_rotations SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL RETURNING ${COLUMNS}`;
    const [rows] = await manager.query<[KeyRotationRow[], number]>(sql, [id, at]);
    return rows[0] ?? null;
  }
}
