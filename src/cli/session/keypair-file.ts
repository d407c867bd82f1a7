import { readFileSync } from 'node:fs';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { decodeKeyText, decodeSecretKey } from '#src/common/text/secret-key-text.js';
import { encodeBase58 } from '#src/common/text/base58.js';
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
  const text = textOf(file).replaceAll(/\s/g, '');
  if (decodeKeyText(text)?.length !== 64) {
    throw new CliError(`${file} is no keypair file (a JSON array of 64 bytes).`, 2);
  }
  const keypair = decodeSecretKey(text);
  if (keypair === null) {
    throw new CliError(`${file}: the two halves of the keypair do not belong together.`, 2);
  }
  return keypair.slice(0, 32);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CliError(`${file} cannot be read as a keypair file (a JSON array of 64 bytes).`, 2);
  }
}
