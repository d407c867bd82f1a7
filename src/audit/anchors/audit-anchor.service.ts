import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { compileMemo } from '#src/chain/signing/memo-transaction.js';
import {
  assembleTransaction,
  type SignedTransaction,
  TRANSFER_COMPUTE_UNIT_LIMIT,
} from '#src/chain/signing/transfer-transaction.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { AnchorSigner } from './anchor-signer.port.js';
import { type AnchoredSeal, anchorMemo } from './audit-anchor.js';
import { AuditAnchorRepository } from './audit-anchor.repository.js';

/** The older build of the memo program needs some 40,000 units for such a text. */
const COMPUTE_UNIT_LIMIT = TRANSFER_COMPUTE_UNIT_LIMIT;
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
    private readonly signer: AnchorSigner,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Does nothing where AUDIT_ANCHOR is none, or the newest seal is anchored.
   * @throws RpcUnavailableError; DomainError `signing_refused` for a seal that this service has not made
   */
  async run(): Promise<AnchorResult> {
    const { payer } = this.signer;
    if (this.settings.env.AUDIT_ANCHOR !== 'memo' || payer === null) return { sealId: null, final: false };
    await this.settle(await this.anchors.findOpen(this.transactions.manager));
    const seal = await this.anchors.findUnanchored(this.transactions.manager);
    if (seal === null) return { sealId: null, final: true };
    const anchor = await this.sign(seal, payer);
    // The signature is on record before anything can land.
    await this.anchors.insert(this.transactions.manager, seal.sealId, anchor.signature);
    const final = await this.send(anchor);
    const { signature } = anchor;
    this.logger.log({ msg: `Audit seal ${seal.sealId} is anchored on chain`, ...seal, signature, final });
    return { sealId: seal.sealId, final };
  }

  private async sign(seal: AnchoredSeal, feePayer: string): Promise<SignedTransaction> {
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
    return assembleTransaction(message, new Map([[feePayer, await this.signer.sign(seal, message)]]));
  }

  /** Sends the same bytes until they are final, for a while. @returns false when that is not known yet */
  private async send({ bytes, signature }: SignedTransaction): Promise<boolean> {
    for (let poll = 0; poll < POLLS && !this.shutdown.isShuttingDown; poll += 1) {
      const sent = await this.chain.broadcast(bytes);
      if (poll === 0 && sent.outcome === 'refused') throw new Error(`the anchor was refused: ${sent.reason}`);
      if (await this.settle([signature])) return true;
      await this.shutdown.sleep(POLL_MS);
    }
    return false;
  }

  /** @returns true when all of these anchors are final */
  private async settle(open: readonly string[]): Promise<boolean> {
    if (open.length === 0) return true;
    const landings = await this.chain.landings(open, true);
    const landed = open.filter((_, index) => landings[index]?.state === 'finalized');
    await this.anchors.confirm(this.transactions.manager, landed);
    return landed.length === open.length;
  }
}
