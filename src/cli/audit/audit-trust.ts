import { parseEnvironment } from '#config/environment.js';
import { loadSource, type SettingsSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { decodePublicKey } from '#src/common/text/base58.js';
import { decodeSecretKey } from '#src/common/text/secret-key-text.js';
import { CliError } from '#src/cli/session/cli-error.js';

/** What a verification trusts. It comes from the operator or his environment, never from the log. */
export interface Trust {
  /** Public keys of seals, base58. */
  readonly keys: readonly string[];
  /** Wallets that may have paid for anchors. */
  readonly feePayers: readonly string[];
  /** Where their memos are read; undefined: nowhere. */
  readonly rpcUrl: string | undefined;
  readonly rpcTimeoutMs: string | undefined;
}

type Flags = Readonly<Record<string, string | undefined>>;

const SEED_BYTES = 32;

/**
 * `--key`, `--fee-payer` and `--rpc`; what is missing is made from ESCROW_DB_SECRET (with its predecessors),
 * ESCROW_FEE_PAYER_SECRET_KEY and SOLANA_RPC_URL.
 * @throws CliError for text that is no key
 */
export async function trustOf(flags: Flags): Promise<Trust> {
  const source = loadSource();
  const { addressOfSeed } = await import('#src/chain/signing/keypair.js');
  const payer = decodeSecretKey(source['ESCROW_FEE_PAYER_SECRET_KEY']);
  const ownPayer = payer === null ? [] : [addressOfSeed(payer.subarray(0, SEED_BYTES))];
  return {
    keys: addressesOf(flags, 'key') ?? ownKeys(source).map(addressOfSeed),
    feePayers: addressesOf(flags, 'fee-payer') ?? ownPayer,
    rpcUrl: flags['rpc'] ?? source['SOLANA_RPC_URL'],
    rpcTimeoutMs: source['SOLANA_RPC_TIMEOUT_MS'],
  };
}

function ownKeys({ ESCROW_DB_SECRET, ESCROW_DB_SECRET_PREVIOUS }: SettingsSource): Uint8Array[] {
  if (ESCROW_DB_SECRET === undefined) return [];
  const settings = new Settings(
    parseEnvironment({ ESCROW_DB_SECRET, ...(ESCROW_DB_SECRET_PREVIOUS && { ESCROW_DB_SECRET_PREVIOUS }) }),
  );
  const keys = new ServerKeys(settings).of('seals');
  return keys.ids.flatMap((id) => keys.find(id)?.bytes ?? []);
}

function addressesOf(flags: Flags, name: string): string[] | undefined {
  const given = flags[name]?.split(',').map((part) => part.trim());
  if (given?.some((part) => decodePublicKey(part) === null) === true)
    throw new CliError(`--${name} takes base58 addresses, separated by commas`, 2);
  return given;
}
