import { type KeyObject, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Keypair } from '@solana/web3.js';
import { encodeBase58 } from '../common/base58.js';

// DER of a PKCS#8 Ed25519 private key up to the 32 bytes of the seed.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A wallet whose key we hold: signs messages as a browser wallet would. */
export class LocalWallet {
  readonly address: string;
  private readonly key: KeyObject;

  constructor(readonly keypair: Keypair) {
    this.address = keypair.publicKey.toBase58();
    const seed = keypair.secretKey.subarray(0, 32);
    this.key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
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
    return sign(null, typeof message === 'string' ? Buffer.from(message, 'utf8') : message, this.key);
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
