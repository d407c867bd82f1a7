import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** An answer as it went out. */
export interface StoredAnswer {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: string;
}

export interface Claim {
  readonly scopeHash: string;
  readonly requestHash: string;
  readonly requestId: string;
  readonly now: Date;
  readonly expiresAt: Date;
  /** Whoever has worked on it since before this time is dead. */
  readonly deadBefore: Date;
}

// The unique index decides between any number of requests at once. Taken over is what has expired, and what a dead process
// left, if it is the same request.
const CLAIM = `
  INSERT INTO public.idempotency_keys AS present (scope_hash, request_hash, state, request_id, created_at, expires_at)
  VALUES ($1, $2, 'in_progress', $3, $4, $5)
  ON CONFLICT (scope_hash) DO UPDATE SET
    request_hash = excluded.request_hash, state = 'in_progress', request_id = excluded.request_id,
    status_code = NULL, content_type = NULL, body = NULL,
    created_at = excluded.created_at, expires_at = excluded.expires_at
  WHERE present.expires_at <= $4
     OR (present.state = 'in_progress' AND present.created_at < $6 AND present.request_hash = excluded.request_hash)
  RETURNING 1`;

const PURGE = `
  DELETE FROM public.idempotency_keys WHERE scope_hash = ANY (ARRAY (
    SELECT scope_hash FROM public.idempotency_keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))`;
const PORTION = 2_000;

@Injectable()
export class IdempotencyRepository {
  /** True for the one request that may do the work. */
  async claim(manager: EntityManager, claim: Claim): Promise<boolean> {
    const { scopeHash, requestHash, requestId, now, expiresAt, deadBefore } = claim;
    const rows = await manager.query<unknown[]>(CLAIM, [
      scopeHash,
      requestHash,
      requestId,
      now,
      expiresAt,
      deadBefore,
    ]);
    return rows.length > 0;
  }

  async find(manager: EntityManager, scopeHash: string): Promise<IdempotencyKey | null> {
    return manager.findOneBy(IdempotencyKey, { scopeHash });
  }

  /** Keeps the answer, unless the key is somebody else's by now. */
  async finish(
    manager: EntityManager,
    scopeHash: string,
    requestId: string,
    answer: StoredAnswer,
  ): Promise<void> {
    const own = { scopeHash, requestId, state: 'in_progress' as const };
    await manager.update(IdempotencyKey, own, { ...answer, state: 'finished' });
  }

  /** Gives the key back: the next request with it is a first one. */
  async release(manager: EntityManager, scopeHash: string, requestId: string): Promise<void> {
    await manager.delete(IdempotencyKey, { scopeHash, requestId, state: 'in_progress' });
  }

  /** In portions, so that a long backlog holds no lock for long. @returns how many rows have expired and are gone */
  async purge(manager: EntityManager, now: Date): Promise<number> {
    let total = 0;
    for (;;) {
      const [, deleted] = await manager.query<[unknown[], number]>(PURGE, [now, PORTION]);
      total += deleted;
      if (deleted < PORTION) return total;
    }
  }
}
