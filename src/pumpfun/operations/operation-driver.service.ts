import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { messageOf } from '#src/common/errors/errors.js';
import { inParallel } from '#src/common/in-parallel.js';
import { Shutdown } from '#src/common/shutdown.js';
import { OperationEngine } from './operation-engine.service.js';
import { OperationRepository } from './operation.repository.js';

const EVERY_MS = 4_000;
const BATCH = 100;
const CONCURRENCY = 4;

/** Finishes the operations that were begun, whichever process they were begun in. */
@Injectable()
export class OperationDriver {
  private readonly logger = new Logger(OperationDriver.name);

  constructor(
    private readonly rows: OperationRepository,
    private readonly engine: OperationEngine,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Any number of replicas may run it at once. @returns how many were due */
  async run(): Promise<{ readonly due: number }> {
    let due = 0;
    const now = this.clock.now();
    while (!this.shutdown.isShuttingDown) {
      const nextRunAt = new Date(now.getTime() + EVERY_MS);
      const ids = await this.rows.takeDue(this.transactions.manager, now, nextRunAt, BATCH);
      if (ids.length === 0) break;
      due += ids.length;
      await inParallel(ids, CONCURRENCY, (id) => this.drive(id));
    }
    return { due };
  }

  private async drive(id: string): Promise<void> {
    try {
      await this.engine.run(id);
    } catch (error) {
      this.logger.error(
        `operation ${id}: ${messageOf(error)}`,
        error instanceof Error ? error.stack : undefined,
      );
    }
  }
}
