import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { addressOfSeed } from '#src/chain/signing/keypair.js';
import { Transactions } from '#src/common/database/transactions.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Shutdown } from '#src/common/shutdown.js';
import { decodeSecretKey } from '#src/common/text/secret-key-text.js';
import type { AnchoredSeal } from '#src/audit/anchors/audit-anchor.js';
import { anchorsOf } from '#src/audit/anchors/anchor-history.js';
import { AuditSealRepository } from './audit-seal.repository.js';
import type { Seal } from './audit-seal.js';
import { SealAlarms } from './seal-alarms.port.js';
import { isSignedBy, sealStatement } from './seal-key.js';
import { SealSigner } from './seal-signer.service.js';

const PERIOD_MS = 60_000;
const SEED_BYTES = 32;
const UNANCHORED =
  'AUDIT_ANCHOR is none: once all replicas are restarted, nothing outside of the database knows how the audit log ended, ' +
  'and an older state of it can be put back unseen (SECURITY.md)';

/** What this process knows of the log's end, whatever becomes of the database. */
interface Known {
  readonly sealId: string;
  readonly hash: string;
  readonly source: string;
}

/**
 * Each replica remembers the newest seal that it has seen, at the start the newest anchor on chain. A log that has less, or
 * something else there, is an older or a rewritten one: an alarm, once for each state.
 */
@Injectable()
export class SealMemory implements OnApplicationBootstrap {
  private readonly logger = new Logger(SealMemory.name);
  private known: Known | null = null;
  private problem: string | null = null;
  private isOlder = false;

  constructor(
    private readonly settings: Settings,
    private readonly chain: Chain,
    private readonly seals: AuditSealRepository,
    private readonly signer: SealSigner,
    private readonly alarms: SealAlarms,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /** Why the log may not be believed at this moment; null while it may. */
  get doubt(): string | null {
    return this.problem;
  }

  /** Why the log is an older or another one than this process knows, marks and acts perhaps with it; null while it is not. */
  get wentBackwards(): string | null {
    return this.isOlder ? this.problem : null;
  }

  /** The start does not wait for the chain. */
  onApplicationBootstrap(): void {
    if (this.settings.env.AUDIT_ANCHOR !== 'memo') this.logger.log(UNANCHORED);
    void this.begin().catch((error: unknown) => this.note(error));
  }

  @Interval('audit-seal-memory', PERIOD_MS)
  async watch(): Promise<void> {
    if (!this.shutdown.isShuttingDown) await this.check().catch((error: unknown) => this.note(error));
  }

  /** Compares the log with what is known of it, and remembers its newest seal. */
  async check(): Promise<void> {
    const { manager } = this.transactions;
    const last = await this.seals.findLast(manager);
    const there = this.known === null ? null : await this.seals.find(manager, this.known.sealId);
    const older = this.olderThanKnown(there, last);
    const problem = older ?? this.unsignedEnd(last);
    if (problem !== null && problem !== this.problem) await this.alarms.wentBackwards(problem);
    this.problem = problem;
    this.isOlder = older !== null;
    if (problem === null && last !== null)
      this.known = { sealId: last.id, hash: last.hash, source: 'this process has seen' };
  }

  /** Whether the log has this seal, signed with a configured secret. */
  async isOurs({ sealId, hash }: Pick<AnchoredSeal, 'sealId' | 'hash'>): Promise<boolean> {
    const seal = await this.seals.find(this.transactions.manager, sealId);
    return seal !== null && seal.hash === hash && this.isSignedHere(seal);
  }

  private async begin(): Promise<void> {
    const anchor = await this.newestAnchor().catch((error: unknown) => {
      this.logger.warn(`The newest anchor could not be read from the chain: ${messageOf(error)}`);
      return null;
    });
    if (this.known === null || (anchor !== null && BigInt(anchor.sealId) > BigInt(this.known.sealId)))
      this.known = anchor;
    await this.check();
  }

  private async newestAnchor(): Promise<Known | null> {
    const { AUDIT_ANCHOR, ESCROW_FEE_PAYER_SECRET_KEY } = this.settings.env;
    const secret = decodeSecretKey(ESCROW_FEE_PAYER_SECRET_KEY);
    if (AUDIT_ANCHOR !== 'memo' || secret === null) return null;
    const feePayer = addressOfSeed(secret.subarray(0, SEED_BYTES));
    for await (const [newest] of anchorsOf(this.chain, feePayer)) {
      if (this.shutdown.isShuttingDown) return null;
      if (newest === undefined) continue;
      const isGivenUp = `${newest.sealId}:${newest.hash}` === this.settings.env.AUDIT_LOST_SEAL;
      return isGivenUp ? null : { ...newest, source: `anchor ${newest.signature} has` };
    }
    return null;
  }

  private olderThanKnown(there: Seal | null, last: Seal | null): string | null {
    const { known } = this;
    if (known === null || there?.hash === known.hash) return null;
    const seal = `${known.source} seal ${known.sealId}`;
    const name = `(${known.sealId}:${known.hash})`;
    if (there === null) return `${seal}, and the log ends with seal ${last?.id ?? 'none'} ${name}`;
    return `${seal} with another hash than the log ${name}`;
  }

  private unsignedEnd(last: Seal | null): string | null {
    if (last === null || !this.signer.hasKey) return null;
    return this.isSignedHere(last) ? null : `seal ${last.id} is not signed by a configured secret`;
  }

  private isSignedHere(seal: Seal): boolean {
    return this.signer.publicKeys.some((key) => isSignedBy(key, sealStatement(seal), seal.signature));
  }

  private note(error: unknown): void {
    this.logger.error(`The newest seal could not be looked at: ${messageOf(error)}`);
  }
}
