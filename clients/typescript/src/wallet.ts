import { encodeBase58 } from './base58.js';

/** What signs: a browser wallet, a hardware wallet or a keypair. */
export interface Wallet {
  /** Base58. */
  readonly address: string;
  /** The 64 bytes of the Ed25519 signature over these bytes, or over Solana's off-chain envelope of them. */
  signMessage(message: Uint8Array): Promise<Uint8Array>;
}

/** The base58 signature of a text. */
export async function signText(wallet: Wallet, text: string): Promise<string> {
  return encodeBase58(await wallet.signMessage(new TextEncoder().encode(text)));
}
