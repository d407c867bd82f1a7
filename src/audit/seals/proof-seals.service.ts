import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditSealRepository } from './audit-seal.repository.js';
import type { Seal } from './audit-seal.js';
import { SealSigner } from './seal-signer.service.js';

/** What a proof for strangers needs of the seals: which of them holds a line, and a signature by their key. */
@Injectable()
export class ProofSeals {
  constructor(
    private readonly seals: AuditSealRepository,
    private readonly signer: SealSigner,
  ) {}

  /** The id of the seal that holds each line; a line that is missing is not sealed yet. */
  async ofLines(manager: EntityManager, lineIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.seals.findHolders(manager, lineIds);
  }

  async find(manager: EntityManager, ids: readonly string[]): Promise<Seal[]> {
    return this.seals.findByIds(manager, ids);
  }

  /** Null without ESCROW_DB_SECRET. */
  sign(statement: string): { readonly signedBy: string; readonly signature: string } | null {
    return this.signer.hasKey ? this.signer.sign(statement) : null;
  }
}
