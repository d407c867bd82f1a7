import type { AnchoredSeal } from './audit-anchor.js';

/** Who signs and pays for anchors: it sees to it that its key signs nothing else. */
export abstract class AnchorSigner {
  /** Base58; null where no wallet pays for anchors. */
  abstract readonly payer: string | null;

  /**
   * @param message that carries the anchor of this seal, and nothing else
   * @returns the 64-byte Ed25519 signature
   * @throws DomainError `signing_refused`
   */
  abstract sign(seal: AnchoredSeal, message: Uint8Array): Promise<Uint8Array>;
}
