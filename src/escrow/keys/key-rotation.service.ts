import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { actor } from '#src/common/request-context.js';
import { Shutdown } from '#src/common/shutdown.js';
import { type MarkPosition, MarkRenewal } from '#src/marks/mark-renewal.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';
import { type KeyFailure, type Resealed, EscrowKeysRepository } from './escrow-keys.repository.js';
import { EscrowKeys, type SealedEscrow } from './escrow-keys.service.js';
import { KeyRing } from './key-ring.service.js';
import { MintKeys } from './mint-keys.service.js';
import { type KeyRotationRow, KeyRotationRepository } from './key-rotation.repository.js';

/** What one run did; `open` tells whether there is a rotation to go on with. */
export interface RotationRun {
  readonly open: boolean;
  readonly rotated: number;
  readonly failed: number;
}

/** Less than the period of the job, and than anybody waits for an answer. */
const BUDGET_MS = 10_000;
/** Deriving their addresses holds up this process for some 50 ms. */
const BATCH = 100;
const MARK_BATCH = 1_000;
/** The first kind in the order of the alphabet, before every id. */
const FIRST_MARK: MarkPosition = { kind: 'act', id: '' };
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const NOTHING: RotationRun = { open: false, rotated: 0, failed: 0 };

interface Batch {
  readonly last: string;
  readonly rotated: number;
  readonly failed: number;
}

/**
 * Seals every local escrow key with the newest secret, online. Each batch is one transaction over rows that no other worker
 * has, so replicas share the work, a crash undoes half a batch at most, and whoever signs reads a row as it was or as it is.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly keys: EscrowKeys,
    private readonly escrows: EscrowKeysRepository,
    private readonly mints: MintKeys,
    private readonly rotations: KeyRotationRepository,
    private readonly renewal: MarkRenewal,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Begins a rotation, or joins the open one, and works on it for up to ten seconds. Begins none where every row has the
   * newest secret already.
   * @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET, or when this process is configured with older secrets
   * than the open rotation.
   */
  async rotate(): Promise<void> {
    await this.transactions.run((manager) => this.begin(manager));
    await this.resume();
  }

  /** Works on the open rotation for up to ten seconds; nothing without one, or where another secret is the newest. */
  async resume(): Promise<RotationRun> {
    const rotation = await this.rotations.findOpen(this.transactions.manager);
    if (rotation === null || rotation.toKeyId !== this.keyRing.currentId) return NOTHING;
    const until = this.clock.now().getTime() + BUDGET_MS;
    let [rotated, failed] = [0, 0];
    while (!this.isOver(until)) {
      const pass = await this.pass(rotation, until);
      await this.renewMarks(until);
      rotated += pass.rotated;
      failed += pass.failed;
      if (this.isOver(until)) break;
      if (await this.finish(rotation)) return { open: false, rotated, failed };
      // Others hold what remains: they, or the next run, will finish it.
      if (pass.rotated + pass.failed === 0) break;
    }
    return { open: true, rotated, failed };
  }

  private async begin(manager: EntityManager): Promise<void> {
    const toKeyId = this.keyRing.current.id;
    // There are few of them: coins that are to be launched.
    await this.mints.reseal(manager);
    const open = await this.rotations.findOpen(manager);
    if (open !== null && open.toKeyId !== toKeyId) await this.supersede(manager, open);
    const joined = open?.toKeyId === toKeyId ? open : null;
    const rotation = joined ?? (await this.insert(manager, toKeyId));
    await this.audit.record(manager, {
      event: 'admin_escrow_keys_rotate_ok',
      fields: { toKeyId, rotationId: rotation?.id ?? null, joined: joined !== null },
    });
  }

  /** Null where nothing is left to rotate, or somebody else has begun in this moment. */
  private async insert(manager: EntityManager, toKeyId: string): Promise<KeyRotationRow | null> {
    const marks = await this.renewal.countOlder(manager);
    if (marks === 0 && (await this.escrows.countRemaining(manager, toKeyId, null)) === 0) return null;
    const requestedBy = actor();
    const requestedAt = this.clock.now();
    return this.rotations.insert(manager, { id: this.ids.uuid(), toKeyId, requestedBy, requestedAt });
  }

  /** A replica that was not restarted must not undo the rotation of one that was. */
  private async supersede(manager: EntityManager, open: KeyRotationRow): Promise<void> {
    const used = (await this.escrows.countByKey(manager)).some(({ keyId }) => keyId === open.toKeyId);
    if (used && this.keyRing.find(open.toKeyId) === undefined) {
      throw custodyUnavailable(
        `Rotation ${open.id} seals with key id ${open.toKeyId}, of which this process has no secret. ` +
          'Restart it with the present ESCROW_DB_SECRET and ESCROW_DB_SECRET_PREVIOUS.',
      );
    }
    await this.close(manager, open);
  }

  /** Once through all rows, as far as the time allows. */
  private async pass(rotation: KeyRotationRow, until: number): Promise<RotationRun> {
    let [after, rotated, failed] = [BEFORE_ALL, 0, 0];
    while (!this.isOver(until)) {
      const batch = await this.transactions.run((manager) => this.batch(manager, rotation, after));
      if (batch === null) break;
      after = batch.last;
      rotated += batch.rotated;
      failed += batch.failed;
    }
    return { open: true, rotated, failed };
  }

  /** Null when no row is left behind `after` that nobody else holds. */
  private async batch(
    manager: EntityManager,
    rotation: KeyRotationRow,
    after: string,
  ): Promise<Batch | null> {
    if ((await this.rotations.findOpen(manager))?.id !== rotation.id) return null;
    const rows = await this.escrows.take(manager, rotation, after, BATCH);
    const last = rows.at(-1)?.commitmentId;
    if (last === undefined) return null;
    const { resealed, failures } = this.resealAll(rows);
    const rotated = await this.escrows.reseal(manager, rotation.toKeyId, resealed);
    const failed = await this.recordFailures(manager, rotation, failures);
    // Last, because every worker waits here for the one before it to commit.
    await this.rotations.addProgress(manager, rotation.id, rotated, failed);
    return { last, rotated, failed };
  }

  private resealAll(rows: readonly SealedEscrow[]): { resealed: Resealed[]; failures: KeyFailure[] } {
    const resealed: Resealed[] = [];
    const failures: KeyFailure[] = [];
    for (const before of rows) {
      const opened = this.keys.tryOpen(before);
      if ('reason' in opened) {
        const { commitmentId, address } = before;
        failures.push({ commitmentId, address, reason: opened.reason });
        continue;
      }
      resealed.push({ before, ciphertext: this.keys.seal(before, opened.seed) });
      opened.seed.fill(0);
    }
    return { resealed, failures };
  }

  /** Marks have no part in the counts of the rotation: one that is not genuine is an alarm, and gone. */
  private async renewMarks(until: number): Promise<void> {
    let after: MarkPosition | undefined = FIRST_MARK;
    while (after !== undefined && !this.isOver(until)) {
      const from: MarkPosition = after;
      after = await this.transactions.run(async (manager) => {
        const batch = await this.renewal.batch(manager, from, MARK_BATCH);
        for (const { kind, id } of batch?.forged ?? [])
          await this.audit.record(manager, { event: 'mark_forged_error', fields: { kind, id } });
        return batch?.last;
      });
    }
  }

  private async recordFailures(
    manager: EntityManager,
    { id }: KeyRotationRow,
    failures: readonly KeyFailure[],
  ): Promise<number> {
    const added = await this.escrows.addFailures(manager, id, failures);
    for (const { commitmentId, address, reason } of added) {
      const fields = { address, reason, rotationId: id };
      await this.audit.record(manager, { event: 'escrow_key_error', commitmentId, fields });
    }
    return added.length;
  }

  /** False while rows remain, also ones that another worker is about to commit: the last of them finishes. */
  private async finish(rotation: KeyRotationRow): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const escrows = await this.escrows.countRemaining(manager, rotation.toKeyId, rotation.id);
      const remaining = escrows + (await this.renewal.countOlder(manager));
      if (remaining === 0) await this.close(manager, rotation);
      return remaining === 0;
    });
  }

  private async close(manager: EntityManager, { id }: KeyRotationRow): Promise<void> {
    const closed = await this.rotations.finish(manager, id, this.clock.now());
    if (closed === null) return;
    const { toKeyId, rotated, failed } = closed;
    const remaining = await this.escrows.countRemaining(manager, toKeyId, id);
    await this.audit.record(manager, {
      event: 'escrow_key_rotation_finished',
      fields: { rotationId: id, toKeyId, rotated, failed, remaining },
    });
  }

  private isOver(until: number): boolean {
    return this.shutdown.isShuttingDown || this.clock.now().getTime() >= until;
  }
}
