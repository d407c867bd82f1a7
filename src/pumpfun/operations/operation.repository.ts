import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { IS_DUE } from '#src/common/database/due.js';
import { listed } from '#src/common/database/listed.js';
import {
  COLLECTION_KINDS,
  OPEN_OPERATIONS,
  type OperationAttemptStatus,
  type OperationKind,
  type OperationStatus,
} from './operation.js';
import { OperationAttempt } from './operation-attempt.entity.js';
import { Operation } from './operation.entity.js';

export type OperationChange = Partial<
  Pick<Operation, 'status' | 'waitingFor' | 'failures' | 'endedAt' | 'gainedLamports'>
>;
export type OperationAttemptChange = Partial<
  Pick<
    OperationAttempt,
    'status' | 'signature' | 'rawTransaction' | 'signedAt' | 'landedSlot' | 'endedAt' | 'error'
  >
>;

/** With the signature of its newest transaction that was signed. */
export type ListedOperation = Operation & { readonly signature: string | null };

@Injectable()
export class OperationRepository {
  async insert(manager: EntityManager, operation: Operation): Promise<void> {
    await manager.insert(Operation, operation);
  }

  async insertAttempt(manager: EntityManager, attempt: OperationAttempt): Promise<void> {
    await manager.insert(OperationAttempt, attempt as object);
  }

  async find(manager: EntityManager, id: string): Promise<Operation | null> {
    return manager.findOneBy(Operation, { id });
  }

  /** Oldest first. */
  async findAttempts(manager: EntityManager, operationId: string): Promise<OperationAttempt[]> {
    return manager.find(OperationAttempt, { where: { operationId }, order: { number: 'ASC' } });
  }

  /** What collects creator fees for the commitment now. */
  async findOpenCollection(manager: EntityManager, commitmentId: string): Promise<Operation | null> {
    const kind = In([...COLLECTION_KINDS]);
    return manager.findOneBy(Operation, { commitmentId, kind, status: In([...OPEN_OPERATIONS]) });
  }

  async count(manager: EntityManager, commitmentId: string, kind: OperationKind): Promise<number> {
    return manager.countBy(Operation, { commitmentId, kind });
  }

  /** Newest first; `after` is the last id of the page before. */
  async findPage(
    manager: EntityManager,
    commitmentId: string,
    kinds: readonly OperationKind[],
    limit: number,
    after?: string,
  ): Promise<ListedOperation[]> {
    const rows = await manager.query<(ListedOperation & { gainedLamports: string | null })[]>(
      `SELECT o.id, o.kind, o.commitment_id AS "commitmentId", o.number, o.status, o.waiting_for AS "waitingFor",
              o.created_at AS "createdAt", o.ended_at AS "endedAt", o.gained_lamports::text AS "gainedLamports", a.signature
         FROM public.pump_operations o
         LEFT JOIN LATERAL (SELECT signature FROM public.pump_attempts WHERE operation_id = o.id AND signature IS NOT NULL
                             ORDER BY number DESC LIMIT 1) a ON true
        WHERE o.commitment_id = $1 AND o.kind = ANY ($4::text[]) AND ($3::uuid IS NULL OR (o.created_at, o.id) <
              (SELECT l.created_at, l.id FROM public.pump_operations l WHERE l.id = $3))
        ORDER BY o.created_at DESC, o.id DESC LIMIT $2`,
      [commitmentId, limit, after ?? null, kinds],
    );
    return rows.map((row) =>
      Object.assign(row, { gainedLamports: row.gainedLamports === null ? null : BigInt(row.gainedLamports) }),
    );
  }

  /** Takes due operations for this worker by pushing their next run; other workers skip rows that are being taken. */
  async takeDue(manager: EntityManager, now: Date, nextRunAt: Date, limit: number): Promise<string[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.pump_operations SET next_run_at = $2
        WHERE id IN (SELECT id FROM public.pump_operations
                      WHERE status IN (${listed(OPEN_OPERATIONS)}) AND ${IS_DUE}
                      ORDER BY next_run_at LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [now, nextRunAt, limit],
    );
    return taken.map(({ id }) => id);
  }

  /** @returns false when somebody else has moved it */
  async move(
    manager: EntityManager,
    id: string,
    from: OperationStatus,
    change: OperationChange,
  ): Promise<boolean> {
    const result = await manager.update(Operation, { id, status: from }, change);
    return result.affected === 1;
  }

  /** @returns false when somebody else has moved it */
  async moveAttempt(
    manager: EntityManager,
    id: string,
    from: OperationAttemptStatus,
    change: OperationAttemptChange,
  ): Promise<boolean> {
    const result = await manager.update(OperationAttempt, { id, status: from }, change);
    return result.affected === 1;
  }

  async noteBroadcast(manager: EntityManager, id: string, at: Date): Promise<void> {
    await manager.update(OperationAttempt, { id, broadcastAt: IsNull() }, { broadcastAt: at });
  }

  async noteWaiting(manager: EntityManager, id: string, waitingFor: string | null): Promise<boolean> {
    const [, affected] = await manager.query<[unknown, number]>(
      `UPDATE public.pump_operations SET waiting_for = $2
        WHERE id = $1 AND status IN (${listed(OPEN_OPERATIONS)}) AND waiting_for IS DISTINCT FROM $2`,
      [id, waitingFor],
    );
    return affected === 1;
  }

  async schedule(manager: EntityManager, id: string, nextRunAt: Date): Promise<void> {
    await manager.update(Operation, { id }, { nextRunAt });
  }

  /** @returns false when the alarm was raised before */
  async noteAlarm(manager: EntityManager, id: string, at: Date): Promise<boolean> {
    const result = await manager.update(Operation, { id, alarmedAt: IsNull() }, { alarmedAt: at });
    return result.affected === 1;
  }
}
