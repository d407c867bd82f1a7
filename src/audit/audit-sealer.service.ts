import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Shutdown } from '../common/shutdown.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { AuditSealRepository } from './audit-seal.repository.js';
import { makeSeal, MAX_SEALED_ROWS, roundsAfter, type Seal } from './audit-seal.js';

const MAX_SEALS_A_RUN = 200;
/** Who seals at the same moment continues the same seal, or takes the same number. */
const ONE_CHAIN = ['audit_seals_pkey', 'audit_seals_prev_hash_key'];

/** Continues the hash chain over the audit log by what has been written since. */
@Injectable()
export class AuditSealer {
  private readonly logger = new Logger(AuditSealer.name);

  constructor(
    private readonly seals: AuditSealRepository,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /** Each seal is a transaction of its own, so nothing is lost when the run ends early. */
  async run(limit = MAX_SEALS_A_RUN): Promise<{ seals: number; rows: number }> {
    const done = { seals: 0, rows: 0 };
    while (done.seals < limit && !this.shutdown.isShuttingDown) {
      const seal = await this.sealOne();
      if (seal === null) break;
      done.seals += 1;
      done.rows += seal.rowIds.length;
    }
    return done;
  }

  private async sealOne(): Promise<Seal | null> {
    try {
      const seal = await this.transactions.run((manager) => this.append(manager));
      if (seal !== null) this.bearWitness(seal);
      return seal;
    } catch (error) {
      // Another replica was faster, and goes on.
      if (ONE_CHAIN.includes(violatedConstraint(error) ?? '')) return null;
      throw error;
    }
  }

  private async append(manager: EntityManager): Promise<Seal | null> {
    const last = await this.seals.findLast(manager);
    const horizon = await this.seals.horizon(manager);
    for (const round of roundsAfter(last, horizon)) {
      const rows = await this.seals.findUnsealed(manager, round, MAX_SEALED_ROWS + 1);
      if (rows.length === 0) continue;
      const drained = rows.length <= MAX_SEALED_ROWS;
      const seal = makeSeal(last, round, rows.slice(0, MAX_SEALED_ROWS), { drained, sealedAt: horizon.now });
      await this.seals.insert(manager, seal);
      return seal;
    }
    return null;
  }

  /** Whoever can rewrite the database cannot rewrite what a log drain has kept: `audit verify --seal HASH` compares. */
  private bearWitness({ id, hash, rowIds, maxId }: Seal): void {
    this.logger.log({ msg: `Audit seal ${id}: ${hash}`, seal: id, hash, rows: rowIds.length, maxId });
  }
}
