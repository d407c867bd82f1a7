import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { CliError } from './cli-error.js';
import type { CommandContext } from './command-support.js';
import { readKeypairFile } from './keypair-file.js';

/** Who signs for the operator. */
export interface Signer {
  readonly wallet: string;
  /** Base58 signature over the text, or over an off-chain envelope of it. @throws CliError */
  sign(text: string): Promise<string>;
}

/** A keypair file of Solana's tools. */
export function fileSigner(file: string): Signer {
  const { address, sign } = readKeypairFile(file);
  return { wallet: address, sign: async (text) => sign(text) };
}

/**
 * A wallet that is not here, such as a hardware wallet or a phone: shows the exact text, and takes the signature from stdin.
 * The text also stands in a file beside the session, for tools that want it as it is.
 */
export function pastedSigner(context: CommandContext, wallet: string): Signer {
  return {
    wallet,
    sign: async (text) => {
      const file = join(dirname(context.sessionFile), 'message.txt');
      writeFileSync(file, text, { mode: 0o600 });
      context.progress(instructions(text, wallet, file));
      return readLine();
    },
  };
}

function instructions(text: string, wallet: string, file: string): string {
  const line = '-'.repeat(60);
  return [
    `Sign this text with wallet ${wallet}. It also stands in ${file}, byte for byte.`,
    line,
    text,
    line,
    `With a Ledger: solana sign-offchain-message --keypair usb://ledger "$(cat '${file}')"`,
    'Paste the base58 signature here and press Enter:',
  ].join('\n');
}

async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) if (line.trim() !== '') return line.trim();
  } finally {
    lines.close();
  }
  throw new CliError('No signature was pasted; nothing was done.', 2);
}
