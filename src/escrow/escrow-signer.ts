import type { Escrow } from './escrow.entity.js';

/** The attempt that a signature is asked for. A repetition of it is told from the next attempt by these two. */
export interface SigningOrder {
  readonly payoutId: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** One way to keep escrow keys. */
export interface EscrowSigner {
  /**
   * Makes the wallet of a commitment that is about to be created. Stores nothing here.
   * @param creationKey the same for every repetition of one creation, another for every other one
   * @throws DomainError `custody_unavailable`
   */
  prepare(commitmentId: string, creationKey: string): Promise<Escrow>;

  /**
   * Signs a compiled message that names the escrow as a signer.
   * @returns the escrow's 64-byte Ed25519 signature, verified
   * @throws DomainError `custody_unavailable`
   */
  sign(escrow: Escrow, message: Uint8Array, order: SigningOrder): Promise<Uint8Array>;
}
