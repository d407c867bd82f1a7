import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StartupError } from '#config/database/await-database.js';
import { MarkRenewal } from '#src/marks/mark-renewal.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { EscrowKeysRepository } from './escrow-keys.repository.js';
import { KeyRing } from './key-ring.service.js';

/** Refuses a start that could not sign for every local escrow: found out here, not when a payout is due. */
@Injectable()
export class KeyRingCheck implements OnModuleInit {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly escrows: EscrowKeysRepository,
    private readonly renewal: MarkRenewal,
    private readonly transactions: Transactions,
  ) {}

  /** @throws StartupError */
  async onModuleInit(): Promise<void> {
    const problems = [...(await this.missingKeys()), ...(await this.missingMarkKeys())];
    if (problems.length === 0) return;
    throw new StartupError(
      [
        'The configured secrets do not open every escrow key, so nothing was started:',
        ...problems.map((problem) => `  - ${problem}`),
        'Add the secret that sealed them to ESCROW_DB_SECRET_PREVIOUS and start again. A secret may be removed only when',
        '`npm run ops -- escrow-keys show` counts no row under its key id. See RUNBOOK.md, ESCROW_DB_SECRET.',
      ].join('\n'),
    );
  }

  private async missingKeys(): Promise<string[]> {
    const counts = await this.escrows.countByKey(this.transactions.manager, this.keyRing.ids);
    return counts.map(({ keyId, rows }) => `key id ${keyId}: ${escrows(rows)}, and no secret`);
  }

  private async missingMarkKeys(): Promise<string[]> {
    const counts = await this.renewal.withoutSecret(this.transactions.manager);
    return counts.map(({ keyId, rows }) => `marks of key id ${keyId}: ${rows}, and no secret`);
  }
}

function escrows(count: number): string {
  return `${count} escrow${count === 1 ? '' : 's'}`;
}
