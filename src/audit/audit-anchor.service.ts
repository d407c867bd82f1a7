import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Chain } from '../chain/chain.js';
import { addressOfSeed, signWithSeed } from '../chain/keypair.js';
import { compileMemo } from '../chain/memo-transaction.js';
import { assembleTransaction, type SignedTransaction } from '../chain/transfer-transaction.js';
import { decodeSecretKey } from '../common/secret-key-text.js';
import { Shutdown } from '../common/shutdown.js';
import { Transactions } from '../common/transactions.js';
import { type AnchoredSeal, anchorMemo } from './audit-anchor.js';
import { AuditAnchorRepository } from './audit-anchor.repository.js';

/** As for transfers: room for the older build of the memo program, which needs some 25,000 units for such a text. */
const COMPUTE_UNIT_LIMIT = 60_000;
const SEED_BYTES = 32;
const POLL_MS = 1_000;
const POLLS = 90;

export type AnchorResult = { readonly sealId: string | null; readonly final: boolean };

/**
 * Writes the newest seal's hash to the chain, where nobody can take it back. At least once: an anchor that never lands is
 * followed by another one with the next run.
 */
@Injectable()
export class AuditAnchor {
  private readonly logger = new Logger(AuditAnchor.name);

  constructor(
    private readonly settings: Settings,
    private readonly chain: Chain,
    private readonly anchors: AuditAnchorRepository,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Does nothing where AUDIT_ANCHOR is none, or the newest seal is anchored.
   * @throws RpcUnavailableError
   */
  async run(): Promise<AnchorResult> {
    const { AUDIT_ANCHOR, ESCROW_FEE_PAYER_SECRET_KEY } = this.settings.env;
    const secret = decodeSecretKey(ESCROW_FEE_PAYER_SECRET_KEY);
    if (AUDIT_ANCHOR !== 'memo' || secret === null) return { sealId: null, final: false };
    await this.settle(await this.anchors.findOpen(this.transactions.manager));
    const seal = await this.anchors.findUnanchored(this.transactions.manager);
    if (seal === null) return { sealId: null, final: true };
    const anchor = await this.sign(seal, secret.subarray(0, SEED_BYTES));
    // The signature is on record before anything can land.
    await this.anchors.insert(this.transactions.manager, seal.sealId, anchor.signature);
    const final = await this.send(anchor);
    const { signature } = anchor;
    this.logger.log({ msg: `Audit seal ${seal.sealId} is anchored on chain`, ...seal, signature, final });
    return { sealId: seal.sealId, final };
  }

  private async sign(seal: AnchoredSeal, seed: Uint8Array): Promise<SignedTransaction> {
    const feePayer = addressOfSeed(seed);
    const [{ blockhash }, price] = await Promise.all([
      this.chain.latestBlockhash(),
      this.chain.priorityFee([feePayer]),
    ]);
    const message = compileMemo({
      memo: anchorMemo(seal),
      feePayer,
      blockhash,
      computeUnitLimit: COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: price,
    });
    return assembleTransaction(message, new Map([[feePayer, signWithSeed(seed, message)]]));
  }

  /** Sends the same bytes until they are final, for a while. @returns false when that is not known yet */
  private async send({ bytes, signature }: SignedTransaction): Promise<boolean> {
    for (let poll = 0; poll < POLLS && !this.shutdown.isShuttingDown; poll += 1) {
      const sent = await this.chain.broadcast(bytes, poll === 0);
      if (poll === 0 && sent.outcome === 'refused') throw new Error(`the anchor was refused: ${sent.reason}`);
      if (await this.settle([signature])) return true;
      await this.shutdown.sleep(POLL_MS);
    }
    return false;
  }

  /** @returns true when all of these anchors are final */
  private async settle(open: readonly string[]): Promise<boolean> {
    if (open.length === 0) return true;
    const statuses = await this.chain.signatureStatuses(open, true);
    const landed = open.filter((_, index) => {
      const status = statuses[index];
      return status?.state === 'finalized' && status.error === null;
    });
    await this.anchors.confirm(this.transactions.manager, landed);
    return landed.length === open.length;
  }
}
