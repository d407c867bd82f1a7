import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StartupError } from '../../config/await-database.js';
import { Transactions } from '../common/transactions.js';
import { EscrowKeysRepository } from './escrow-keys.repository.js';
import { EscrowKeys } from './escrow-keys.service.js';
import { everySealed } from './every-sealed.js';
import { KeyRing } from './key-ring.service.js';

/** Refuses a start that could not sign for every local escrow: found out here, not when a payout is due. */
@Injectable()
export class KeyRingCheck implements OnModuleInit {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly keys: EscrowKeys,
    private readonly escrows: EscrowKeysRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @throws StartupError */
  async onModuleInit(): Promise<void> {
    const problems = [...(await this.missingKeys()), ...(await this.closedOlderRows())];
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
    const counts = await this.escrows.countByKey(this.transactions.manager);
    return counts
      .filter(({ keyId }) => this.keyRing.find(keyId) === undefined)
      .map(({ keyId, rows }) => `key id ${keyId}: ${escrows(rows)}, and no secret`);
  }

  /** Rows of the older format name no secret: only opening them shows whether theirs is configured. */
  private async closedOlderRows(): Promise<string[]> {
    let closed = 0;
    const pages = everySealed((after, limit) =>
      this.escrows.findOlderPage(this.transactions.manager, after, limit),
    );
    for await (const rows of pages) {
      for (const row of rows) {
        const opened = this.keys.tryOpen(row);
        if ('seed' in opened) opened.seed.fill(0);
        else closed += 1;
      }
    }
    return closed === 0 ? [] : [`older format: ${escrows(closed)} that no secret opens`];
  }
}

function escrows(count: number): string {
  return `${count} escrow${count === 1 ? '' : 's'}`;
}
