import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import type { AuditKeysDto } from './audit-key.dto.js';
import { KeyChain } from './seal-key.js';
import { SealKeyRepository } from './seal-key.repository.js';
import { SealSigner } from './seal-signer.service.js';

/** The keys that seals are and were signed with, for whoever wants to check them without us. */
@Injectable()
export class AuditKeys {
  constructor(
    private readonly signer: SealSigner,
    private readonly rows: SealKeyRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Earlier keys are named only as far as the present one's secret, or a configured predecessor, vouches for them. */
  async list(): Promise<AuditKeysDto> {
    const [current = null] = this.signer.hasKey ? this.signer.publicKeys : [];
    const keys = await this.rows.findAll(this.transactions.manager);
    const { problems } = KeyChain.of(keys, this.signer.publicKeys);
    const doubtful = new Set(problems.map(({ number }) => number));
    const items = keys.filter(({ number }) => !doubtful.has(number)).toReversed();
    return { publicKey: current, keys: items };
  }
}
