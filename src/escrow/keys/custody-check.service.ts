import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { EscrowKeysRepository, type KeyFailure } from './escrow-keys.repository.js';
import { EscrowKeys, type SealedEscrow } from './escrow-keys.service.js';
import { everySealed } from './every-sealed.js';

/** What a check found; `failures` holds the first hundred. */
export interface CustodyReport {
  readonly checked: number;
  readonly failed: number;
  readonly failures: readonly KeyFailure[];
}

const MAX_SHOWN = 100;

/** Proves that this service can still sign for its escrows: opens every key and compares the address that it derives. */
@Injectable()
export class CustodyCheck {
  constructor(
    private readonly keys: EscrowKeys,
    private readonly escrows: EscrowKeysRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** Each failure is the event `custody_check_error`. */
  async run(): Promise<CustodyReport> {
    return this.localEscrows();
  }

  /** As an admin asks for it. */
  async runForAdmin(): Promise<CustodyReport> {
    const report = await this.run();
    const { checked, failed } = report;
    await this.audit.recordAlone({ event: 'admin_escrow_keys_check_ok', fields: { checked, failed } });
    return report;
  }

  /** Rows with custody `local` alone: what is in custody elsewhere has no key here to open. */
  private async localEscrows(): Promise<CustodyReport> {
    const shown: KeyFailure[] = [];
    let [checked, failed] = [0, 0];
    const pages = everySealed((after, limit) =>
      this.escrows.findPage(this.transactions.manager, after, limit),
    );
    for await (const rows of pages) {
      const failures = rows.flatMap((row) => this.failureOf(row));
      await this.record(failures);
      checked += rows.length;
      failed += failures.length;
      shown.push(...failures.slice(0, MAX_SHOWN - shown.length));
    }
    return { checked, failed, failures: shown };
  }

  private failureOf(escrow: SealedEscrow): KeyFailure[] {
    const opened = this.keys.tryOpen(escrow);
    if ('reason' in opened) {
      const { commitmentId, address } = escrow;
      return [{ commitmentId, address, reason: opened.reason }];
    }
    opened.seed.fill(0);
    return [];
  }

  private async record(failures: readonly KeyFailure[]): Promise<void> {
    if (failures.length === 0) return;
    await this.transactions.run(async (manager) => {
      for (const { commitmentId, address, reason } of failures) {
        await this.audit.record(manager, {
          event: 'custody_check_error',
          commitmentId,
          fields: { address, reason },
        });
      }
    });
  }
}
