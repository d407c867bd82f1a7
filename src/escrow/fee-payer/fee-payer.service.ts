import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { requiredSigners } from '#src/chain/signing/transfer-transaction.js';
import { decodeSecretKey } from '#src/common/text/secret-key-text.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';

const SEED_BYTES = 32;

/** The wallet that pays the fees of all payouts, where ESCROW_FEE_PAYER_SECRET_KEY names one. No other code sees its key. */
@Injectable()
export class FeePayer {
  /** Base58; null where each escrow pays its own fees. */
  readonly address: string | null;
  private readonly seed: Uint8Array | null;

  constructor(settings: Settings) {
    const secret = decodeSecretKey(settings.env.ESCROW_FEE_PAYER_SECRET_KEY);
    this.seed = secret?.slice(0, SEED_BYTES) ?? null;
    this.address = this.seed === null ? null : addressOfSeed(this.seed);
    secret?.fill(0);
  }

  /**
   * Signs a compiled message as the payer of its fee.
   * @param payer who pays according to the message
   * @returns the 64-byte Ed25519 signature
   * @throws DomainError `custody_unavailable` when that is another wallet: its key has been replaced since, or is not known here.
   */
  sign(payer: string, message: Uint8Array): Uint8Array {
    const seed = this.seedOf(payer);
    if (requiredSigners(message)[0] !== payer)
      throw custodyUnavailable(`The message is not one whose fee ${payer} pays.`);
    return signWithSeed(seed, message);
  }

  /** @throws DomainError `custody_unavailable` when the payer is another wallet than the configured one */
  requireKeyOf(payer: string): void {
    this.seedOf(payer);
  }

  private seedOf(payer: string): Uint8Array {
    if (this.seed !== null && payer === this.address) return this.seed;
    throw custodyUnavailable(
      `The transaction was made for fee payer ${payer}, and ${this.address ?? 'none'} is configured. ` +
        'It is made again when it can no longer land.',
    );
  }
}
