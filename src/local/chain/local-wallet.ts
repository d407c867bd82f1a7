import { readFileSync } from 'node:fs';
import { Keypair } from '@solana/web3.js';
import { signWithSeed } from '#src/chain/signing/keypair.js';
import { encodeBase58 } from '#src/common/text/base58.js';

/** A wallet whose key we hold: signs messages as a browser wallet would. */
export class LocalWallet {
  readonly address: string;

  constructor(readonly keypair: Keypair) {
    this.address = keypair.publicKey.toBase58();
  }

  static generate(): LocalWallet {
    return new LocalWallet(Keypair.generate());
  }

  /**
   * Reads a keypair file as Solana's tools write it: a JSON array of 64 bytes.
   * @throws Error that names the file, never its content.
   */
  static fromFile(path: string): LocalWallet {
    const wallet = parseKeypair(readFileSync(path, 'utf8'));
    if (!wallet) throw new Error(`${path} is no Solana keypair file (a JSON array of 64 bytes)`);
    return wallet;
  }

  /** The file's text for `fromFile` and Solana's tools. */
  toJson(): string {
    return JSON.stringify([...this.keypair.secretKey]);
  }

  /** Ed25519 signature (64 bytes) over the message; text is signed as UTF-8. */
  sign(message: string | Uint8Array): Uint8Array {
    const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
    return signWithSeed(this.keypair.secretKey.subarray(0, 32), bytes);
  }

  /** The same as the client asks a wallet for it. */
  signMessage(message: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(this.sign(message));
  }

  /** The same in base58, as the API takes it. */
  signBase58(message: string | Uint8Array): string {
    return encodeBase58(this.sign(message));
  }
}

function parseKeypair(text: string): LocalWallet | null {
  try {
    return new LocalWallet(Keypair.fromSecretKey(Uint8Array.from(JSON.parse(text) as number[])));
  } catch {
    // The parser's message would quote the secret.
    return null;
  }
}
