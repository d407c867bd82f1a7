import { readFileSync } from 'node:fs';
import { addressOfSeed, signWithSeed } from '../chain/keypair.js';
import { encodeBase58 } from '../common/base58.js';
import { CliError } from './cli-error.js';

/** A wallet out of a keypair file. */
export interface FileWallet {
  readonly address: string;
  /** Base58 Ed25519 signature over the UTF-8 text. */
  sign(message: string): string;
}

/** Reads a keypair file as Solana's tools write it: a JSON array of 64 bytes. @throws CliError that never quotes the file. */
export function readKeypairFile(file: string): FileWallet {
  const seed = seedOf(file);
  return {
    address: addressOfSeed(seed),
    sign: (message) => encodeBase58(signWithSeed(seed, new TextEncoder().encode(message))),
  };
}

function seedOf(file: string): Uint8Array {
  let bytes: unknown;
  try {
    bytes = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new CliError(`${file} cannot be read as a keypair file (a JSON array of 64 bytes).`, 2);
  }
  const isByte = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
  if (!Array.isArray(bytes) || bytes.length !== 64 || !bytes.every(isByte)) {
    throw new CliError(`${file} is no keypair file (a JSON array of 64 bytes).`, 2);
  }
  const all = Uint8Array.from(bytes as number[]);
  if (addressOfSeed(all.subarray(0, 32)) !== encodeBase58(all.subarray(32))) {
    throw new CliError(`${file}: the two halves of the keypair do not belong together.`, 2);
  }
  return all.slice(0, 32);
}
