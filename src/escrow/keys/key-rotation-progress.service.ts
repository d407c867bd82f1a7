import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarkRenewal } from '#src/marks/mark-renewal.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { EscrowKeyDto, EscrowKeysDto, KeyRotationDto } from './escrow-keys.dto.js';
import { EscrowKeysRepository } from './escrow-keys.repository.js';
import { KeyRing } from './key-ring.service.js';
import { KeyRotationRepository } from './key-rotation.repository.js';
import { KeyRotation } from './key-rotation.service.js';

/** Which secret seals how many escrow keys, and how far the rotation is. */
@Injectable()
export class KeyRotationProgress {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly escrows: EscrowKeysRepository,
    private readonly rotations: KeyRotationRepository,
    private readonly rotation: KeyRotation,
    private readonly renewal: MarkRenewal,
    private readonly transactions: Transactions,
  ) {}

  async show(): Promise<EscrowKeysDto> {
    const { manager } = this.transactions;
    return {
      currentKeyId: this.keyRing.currentId,
      keys: await this.keys(manager),
      olderMarks: await this.renewal.countOlder(manager),
      rotation: await this.newest(manager),
    };
  }

  /** @throws DomainError `custody_unavailable` */
  async rotate(): Promise<EscrowKeysDto> {
    await this.rotation.rotate();
    return this.show();
  }

  /** Also configured secrets that seal nothing: they may be removed, or are yet to be used. */
  private async keys(manager: EntityManager): Promise<EscrowKeyDto[]> {
    const counts = new Map((await this.escrows.countByKey(manager)).map(({ keyId, rows }) => [keyId, rows]));
    const ids = [...new Set([...this.keyRing.ids, ...counts.keys()])];
    return ids.map((keyId) => ({
      keyId,
      rows: counts.get(keyId) ?? 0,
      configured: this.keyRing.find(keyId) !== undefined,
    }));
  }

  private async newest(manager: EntityManager): Promise<KeyRotationDto | null> {
    const rotation = await this.rotations.findNewest(manager);
    if (rotation === null) return null;
    const { id, toKeyId, rotated, failed, requestedBy, requestedAt, finishedAt } = rotation;
    const open = finishedAt === null;
    const remaining = open ? await this.escrows.countRemaining(manager, toKeyId, id) : 0;
    return {
      id,
      status: open ? 'running' : 'finished',
      rotated,
      failed,
      remaining,
      requestedBy,
      requestedAt: requestedAt.toISOString(),
      ...(open ? {} : { finishedAt: finishedAt.toISOString() }),
    };
  }
}
