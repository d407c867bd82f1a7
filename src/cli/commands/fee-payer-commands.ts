import { randomBytes } from 'node:crypto';
import { parseEnvironment } from '#config/environment.js';
import { loadSource, type SettingsSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import { decodePublicKey } from '#src/common/text/base58.js';
import { SystemClock } from '#src/common/clock.js';
import { decodeSecretKey } from '#src/common/text/secret-key-text.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { type CommandContext, signedIn } from '#src/cli/session/command-support.js';

const PROBE_BYTES = 64;

/** The fee payer of the running service. */
export async function feePayerShow(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/fee-payer')).body;
}

/** Tries a key out before the service gets it: it signs, and it holds enough. No API is involved, and nothing moves. */
export async function feePayerCheck(): Promise<unknown> {
  const settings = settingsOf(loadSource());
  const { ESCROW_FEE_PAYER_SECRET_KEY, FEE_PAYER_FLOOR_LAMPORTS: floorLamports } = settings.env;
  const { addressOfSeed, signWithSeed } = await import('#src/chain/signing/keypair.js');
  const { verifyStrict } = await import('#src/chain/signing/strict-ed25519.js');
  const { SolanaChain } = await import('#src/chain/solana-chain.js');
  const seed = (decodeSecretKey(ESCROW_FEE_PAYER_SECRET_KEY) ?? new Uint8Array()).slice(0, 32);
  const address = addressOfSeed(seed);
  const probe = Uint8Array.from(randomBytes(PROBE_BYTES));
  const signs = verifyStrict(decodePublicKey(address) ?? new Uint8Array(), probe, signWithSeed(seed, probe));
  const [balance] = await new SolanaChain(settings, new SystemClock()).balances([address]).catch(unreadable);
  const balanceLamports = Number(balance?.lamports ?? 0n);
  const ok = signs && balanceLamports >= floorLamports;
  const report = { address, signs, balanceLamports, floorLamports, ok };
  if (!ok) throw new CliError(JSON.stringify(report, null, 2));
  return report;
}

function settingsOf(source: SettingsSource): Settings {
  const names = [
    'ESCROW_FEE_PAYER_SECRET_KEY',
    'FEE_PAYER_FLOOR_LAMPORTS',
    'SOLANA_RPC_URL',
    'SOLANA_RPC_TIMEOUT_MS',
  ];
  const missing = ['ESCROW_FEE_PAYER_SECRET_KEY', 'SOLANA_RPC_URL'].filter((name) => !source[name]?.trim());
  if (missing.length > 0) throw new CliError(`Set ${missing.join(' and ')} to check the fee payer.`, 2);
  try {
    return new Settings(parseEnvironment(Object.fromEntries(names.map((name) => [name, source[name]]))));
  } catch (error) {
    // It names the settings, never their values.
    throw new CliError((error as Error).message, 2);
  }
}

function unreadable(error: unknown): never {
  throw new CliError((error as Error).message);
}
