import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutEngine } from './payout-engine.service.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';

const EVERY_MS = 5_000;
const BATCH = 100;
const CONCURRENCY = 8;

/** Finishes what requests have begun, whichever process they died in. Safe on any number of replicas at once. */
@Injectable()
export class PayoutDriver {
  private readonly logger = new Logger(PayoutDriver.name);
  private running: Promise<number> | null = null;

  constructor(
    private readonly payouts: PayoutRepository,
    private readonly engine: PayoutEngine,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Drives every due payout as far as it goes now. @returns how many were due. */
  async runOnce(): Promise<number> {
    this.running ??= this.drive().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Lets a run that is under way hand over cleanly. */
  async onModuleDestroy(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  private async drive(): Promise<number> {
    let due = 0;
    // What falls due meanwhile is for the next run: this one comes to an end.
    const now = this.clock.now();
    while (!this.shutdown.isShuttingDown) {
      const nextRunAt = new Date(now.getTime() + EVERY_MS);
      const ids = await this.payouts.takeDue(this.transactions.manager, now, nextRunAt, BATCH);
      if (ids.length === 0) break;
      due += ids.length;
      await this.driveAll(ids);
    }
    return due;
  }

  private async driveAll(ids: readonly string[]): Promise<void> {
    const queue = [...ids];
    const worker = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        await this.engine.run(id).catch((error: unknown) => this.report(error));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  private report(error: unknown): void {
    this.logger.error(`payout driver: ${messageOf(error)}`, error instanceof Error ? error.stack : undefined);
  }
}
