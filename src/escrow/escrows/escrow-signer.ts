import type { Escrow } from './escrow.entity.js';

/** The attempt that a signature is asked for. A repetition of it is told from the next attempt by these two. */
export interface SigningOrder {
  readonly payoutId: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** What an escrow is made for, and stays bound to. */
export interface Bond {
  readonly commitmentId: string;
  /** SHA-256 of the signed creation message, hex: the same for every repetition of one creation. */
  readonly messageHash: string;
  /** SHA-256 of the frozen terms, hex. */
  readonly termsHash: string;
}

/** One way to keep escrow keys. */
export interface EscrowSigner {
  /**
   * Makes the wallet of a commitment that is about to be created. Stores nothing here.
   * @throws DomainError `custody_unavailable`
   */
  prepare(bond: Bond): Promise<Escrow>;

  /**
   * Signs a compiled message that names the escrow as a signer.
   * @param bond what the escrow is bound to; the caller has seen that it is
   * @returns the escrow's 64-byte Ed25519 signature, verified
   * @throws DomainError `custody_unavailable`
   */
  sign(escrow: Escrow, bond: Bond, message: Uint8Array, order: SigningOrder): Promise<Uint8Array>;
}
