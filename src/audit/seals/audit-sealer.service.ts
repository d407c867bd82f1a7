import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Shutdown } from '#src/common/shutdown.js';
import { ChangeTickets } from '#src/common/database/change-tickets.port.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { AuditSealRepository, type UnsealedLine } from './audit-seal.repository.js';
import {
  type ChangeLine,
  isChange,
  isOfEarlierDatabase,
  makeSeal,
  MAX_SEALED_ROWS,
  roundsAfter,
  type Seal,
  type SealRound,
} from './audit-seal.js';
import { SealAlarms } from './seal-alarms.port.js';
import { SealSigner } from './seal-signer.service.js';

const MAX_SEALS_A_RUN = 200;
/** Who seals at the same moment continues the same seal, or takes the same number. */
const ONE_CHAIN = ['audit_seals_pkey', 'audit_seals_prev_hash_key', 'audit_keys_pkey'];
const LOW_BITS = 2n ** 32n - 1n;

/** Continues the hash chain over the audit log and the journal of changes by what has been written since. */
@Injectable()
export class AuditSealer {
  private readonly logger = new Logger(AuditSealer.name);

  constructor(
    private readonly seals: AuditSealRepository,
    private readonly signer: SealSigner,
    private readonly tickets: ChangeTickets,
    private readonly alarms: SealAlarms,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Each seal is a transaction of its own, so nothing is lost when the run ends early. Does nothing without ESCROW_DB_SECRET.
   * @returns `foreign`: changes of journaled tables that no transaction of this service has made, each of them named by an alarm
   */
  async run(limit = MAX_SEALS_A_RUN): Promise<{ seals: number; rows: number; foreign: number }> {
    const done = { seals: 0, rows: 0, foreign: 0 };
    if (!this.signer.hasKey) return done;
    while (done.seals < limit && !this.shutdown.isShuttingDown) {
      const seal = await this.sealOne();
      if (seal === null) break;
      done.seals += 1;
      done.rows += seal.rowIds.length;
      done.foreign += seal.foreignIds.length;
    }
    return done;
  }

  private async sealOne(): Promise<Seal | null> {
    try {
      const seal = await this.append();
      if (seal !== null) this.logHash(seal);
      return seal;
    } catch (error) {
      // Another replica was faster, and goes on.
      if (ONE_CHAIN.includes(violatedConstraint(error) ?? '')) return null;
      throw error;
    }
  }

  /**
   * The horizon is a statement of its own, after the last seal was read: a transaction has its number from its BEGIN, so one that
   * came to its horizon late would not know of those that began meanwhile.
   */
  private async append(): Promise<Seal | null> {
    const { manager } = this.transactions;
    const last = await this.seals.findLast(manager);
    const horizon = await this.seals.horizon(manager);
    for (const round of roundsAfter(last, horizon)) {
      const rows = await this.seals.findUnsealed(manager, round, MAX_SEALED_ROWS + 1);
      if (rows.length === 0) continue;
      const portion = { last, round, rows, sealedAt: horizon.now };
      return this.transactions.run((own) => this.sealRows(own, portion));
    }
    return null;
  }

  private async sealRows(manager: EntityManager, { last, round, rows, sealedAt }: Portion): Promise<Seal> {
    const lines = rows.slice(0, MAX_SEALED_ROWS);
    const foreign = this.foreignOf(lines, round);
    const foreignIds = foreign.map(({ id }) => id);
    const drained = rows.length <= MAX_SEALED_ROWS;
    const signing = await this.signer.prepare(manager, last?.id ?? '0');
    const seal = makeSeal(last, round, lines, { drained, sealedAt, foreignIds, ...signing });
    await this.seals.insert(manager, seal);
    if (foreign.length > 0) await this.alarms.foreignChanges(manager, foreign);
    return seal;
  }

  /** Changes without the ticket of the transaction that has really written them. */
  private foreignOf(lines: readonly UnsealedLine[], round: SealRound): ChangeLine[] {
    const genuine = new Map<string, boolean>();
    const isOurs = ({ txid, ticket, writer }: UnsealedLine) => {
      const known = genuine.get(`${txid} ${ticket}`) ?? this.tickets.isGenuine(txid, ticket);
      genuine.set(`${txid} ${ticket}`, known);
      return known && (isOfEarlierDatabase(round) || writer === (BigInt(txid) & LOW_BITS).toString());
    };
    return lines.flatMap((line) => (isChange(line) && !isOurs(line) ? [line] : []));
  }

  /** Whoever can rewrite the database cannot rewrite what a log drain has kept: `audit verify --seal HASH` compares. */
  private logHash({ id, hash, rowIds, maxId }: Seal): void {
    this.logger.log({ msg: `Audit seal ${id}: ${hash}`, seal: id, hash, rows: rowIds.length, maxId });
  }
}

interface Portion {
  readonly last: Seal | null;
  readonly round: SealRound;
  readonly rows: readonly UnsealedLine[];
  readonly sealedAt: string;
}
