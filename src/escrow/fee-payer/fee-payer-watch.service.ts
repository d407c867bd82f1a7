import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { Transactions } from '#src/common/database/transactions.js';
import { FeePayerBalance } from './fee-payer-balance.service.js';
import { FeePayerRepository } from './fee-payer.repository.js';

/** What a run of the watch answers. */
export interface FeePayerWatchResult {
  readonly configured: boolean;
  readonly low?: boolean;
  readonly balanceLamports?: number;
}

/** Raises `fee_payer_low_error` when the fee payer falls below its floor, and `fee_payer_ok` when it is back: once a crossing. */
@Injectable()
export class FeePayerWatch {
  constructor(
    private readonly balance: FeePayerBalance,
    private readonly rows: FeePayerRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `rpc_unavailable` */
  async run(): Promise<FeePayerWatchResult> {
    const reading = await this.balance.read();
    if (reading === null) return { configured: false };
    const { address, lamports, ok } = reading;
    const balanceLamports = toJsonLamports(lamports);
    await this.transactions.run(async (manager) => {
      if (!(await this.rows.cross(manager, address, !ok, this.clock.now()))) return;
      await this.audit.record(manager, {
        event: ok ? 'fee_payer_ok' : 'fee_payer_low_error',
        fields: { address, balanceLamports, floorLamports: this.settings.env.FEE_PAYER_FLOOR_LAMPORTS },
      });
    });
    return { configured: true, low: !ok, balanceLamports };
  }
}
