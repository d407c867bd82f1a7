import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { DEFAULT_ROLE } from '#migrations/roles/role-sql.js';
import { isLoopbackHost } from '#config/rules/validators.js';
import { type LocalChain, startLocalChain } from '#src/local/chain/chain.js';
import { LocalWorldError } from '#src/local/support/local-world-error.js';
import { type LocalPostgres, startPostgres } from '#src/local/postgres/postgres.js';
import { LocalPriceFeed } from './local-price-feed.js';
import { LocalStorage } from './local-storage.js';
import { localSecrets } from './secrets.js';
import { airdrop } from '#src/local/chain/transfer-sol.js';

type Variables = Record<string, string | undefined>;

/** Where everything is, fit to be printed: passwords and keys of parts that are not embedded are left out. */
export interface LocalBanner {
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly priceUrl: string;
  /** Of the bucket of avatars. */
  readonly storageUrl: string;
  /** Absent when ADMIN_WALLET_PUBKEYS was given: then the admins are somebody else's wallets. */
  readonly adminKeypairFile?: string;
  /** Where the keypair of an example's builder is kept; absent with the admin's. */
  readonly builderKeypairFile?: string;
  readonly embeddedDatabase: boolean;
  readonly embeddedChain: boolean;
  readonly embeddedPrices: boolean;
  readonly embeddedStorage: boolean;
}

/** The world of CTS_MOCK_MODE: embedded parts for whatever the environment does not name. */
export interface LocalWorld {
  /** The given variables and what was filled in; meant for `parseEnvironment`. */
  readonly env: Variables;
  readonly banner: LocalBanner;
  /** Gives an address SOL, in lamports (an embedded chain sets its balance); absent when the chain is neither embedded nor on this machine. */
  readonly fundSol?: (address: string, lamports: bigint) => Promise<void>;
  /** Moves the chain's clock forward; embedded chain only. */
  readonly timeTravelTo?: (date: Date) => Promise<void>;
  /** Sets the price of a token, in US dollars; embedded price feed only. `POST /prices` of its server does the same. */
  readonly setPrice?: (mint: string, priceUsd: string) => void;
  /** Ends the embedded parts, the database last. Harmless to repeat. */
  stop(): Promise<void>;
}

interface Parts {
  readonly postgres?: LocalPostgres;
  readonly chain?: LocalChain;
  readonly prices?: LocalPriceFeed;
  readonly storage?: LocalStorage;
}

const RPC_PORT = 8_899;
const ADMIN_LAMPORTS = 1_000_000_000_000n;

/** So that a newcomer's own token can be approved with at once. */
const DEFAULT_PRICE_USD = '1';

/**
 * Starts what `source` does not name (DATABASE_URL, SOLANA_RPC_URL, JUPITER_PRICE_URL, SUPABASE_URL) and fills in the settings that a
 * newcomer has none of.
 * Only ESCROW_DB_SECRET and the admin keypair are kept for the next start.
 * @param dataFolder where these two are kept; `.data/` of the checkout unless told otherwise
 * @throws LocalWorldError that says what to do instead; nothing is left running then.
 */
export async function startLocalWorld(source: Readonly<Variables>, dataFolder?: string): Promise<LocalWorld> {
  if (source['NODE_ENV'] === 'production') {
    throw new LocalWorldError('CTS_MOCK_MODE is forbidden in production');
  }
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parts = await startParts(given);
  try {
    return await furnish(given, parts, dataFolder);
  } catch (error) {
    await stopParts(parts);
    throw error;
  }
}

async function startParts(given: Variables): Promise<Parts> {
  let parts: Parts = {};
  try {
    if (!given['SOLANA_RPC_URL']) parts = { ...parts, chain: await startChain() };
    if (!given['DATABASE_URL']) parts = { ...parts, postgres: await startPostgres() };
    if (!given['JUPITER_PRICE_URL']) parts = { ...parts, prices: await startPrices() };
    if (!given['SUPABASE_URL']) parts = { ...parts, storage: await LocalStorage.start() };
    return parts;
  } catch (error) {
    await stopParts(parts);
    throw error;
  }
}

/** Where Solana clients look for a local chain, or where there is room. */
function startChain(): Promise<LocalChain> {
  return startLocalChain({ port: RPC_PORT }).catch(() => startLocalChain());
}

function startPrices(): Promise<LocalPriceFeed> {
  return LocalPriceFeed.start({ defaultPrice: DEFAULT_PRICE_USD });
}

async function furnish(given: Variables, parts: Parts, dataFolder?: string): Promise<LocalWorld> {
  const isComplete = given['ESCROW_DB_SECRET'] && given['ADMIN_WALLET_PUBKEYS'];
  const secrets = isComplete
    ? undefined
    : localSecrets((line) => process.stderr.write(`${line}\n`), dataFolder);
  const admin = given['ADMIN_WALLET_PUBKEYS'] ? undefined : secrets?.admin();
  const env: Variables = {
    SOLANA_CLUSTER: 'localnet',
    ...(secrets && { ESCROW_DB_SECRET: secrets.escrowDbSecret() }),
    ...(admin && { ADMIN_WALLET_PUBKEYS: admin.wallet.address }),
    ...given,
    ...embeddedVariables(parts),
  };
  const rpcUrl = firstOf(env['SOLANA_RPC_URL']);
  const fundSol = parts.chain?.cheats.fundSol ?? (isLocal(rpcUrl) ? faucet(rpcUrl) : undefined);
  if (admin) await parts.chain?.cheats.fundSol(admin.wallet.address, ADMIN_LAMPORTS);
  return {
    env,
    banner: {
      databaseUrl: parts.postgres?.url ?? withoutSecrets(env['DATABASE_URL']),
      rpcUrl: parts.chain?.rpcUrl ?? withoutSecrets(rpcUrl),
      wsUrl: parts.chain?.wsUrl ?? withoutSecrets(webSocketUrl(rpcUrl)),
      priceUrl: parts.prices?.url ?? withoutSecrets(env['JUPITER_PRICE_URL']),
      storageUrl: parts.storage?.url ?? withoutSecrets(env['SUPABASE_URL']),
      ...(admin && {
        adminKeypairFile: admin.file,
        builderKeypairFile: join(dirname(admin.file), 'builder.json'),
      }),
      embeddedDatabase: parts.postgres !== undefined,
      embeddedChain: parts.chain !== undefined,
      embeddedPrices: parts.prices !== undefined,
      embeddedStorage: parts.storage !== undefined,
    },
    ...(fundSol && { fundSol }),
    ...(parts.chain && { timeTravelTo: parts.chain.cheats.timeTravelTo }),
    ...(parts.prices && { setPrice: parts.prices.setPrice.bind(parts.prices) }),
    stop: () => stopParts(parts),
  };
}

/** TLS settings that were given are for another database than the embedded one. */
function embeddedVariables({ postgres, chain, prices, storage }: Parts): Variables {
  return {
    ...(postgres && {
      DATABASE_URL: asAppRole(postgres.url),
      DATABASE_MIGRATION_URL: postgres.url,
      DATABASE_SSL: 'disable',
    }),
    ...(chain && { SOLANA_RPC_URL: chain.rpcUrl }),
    ...(prices && { JUPITER_PRICE_URL: prices.url }),
    ...(storage && { SUPABASE_URL: storage.url, SUPABASE_SERVICE_ROLE_KEY: storage.serviceRoleKey }),
    // Without Metaplex whoever speaks for a token of a local chain is its mint authority.
    ...(chain && { REWARD_ALLOW_MINTABLE_TOKENS: 'true' }),
  };
}

/** The same database by the role that the API has everywhere: what it lacks there is missed here. */
function asAppRole(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = DEFAULT_ROLE;
  url.password = randomBytes(16).toString('hex');
  return url.href;
}

async function stopParts({ chain, postgres, prices, storage }: Parts): Promise<void> {
  await storage?.stop();
  await prices?.stop();
  await chain?.stop();
  await postgres?.stop();
}

function faucet(rpcUrl: string): (address: string, lamports: bigint) => Promise<void> {
  return (address, lamports) => airdrop(rpcUrl, address, lamports);
}

function firstOf(urls: string | undefined): string {
  return (urls ?? '').split(',', 1)[0]?.trim() ?? '';
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

/** Solana clients expect the WebSocket on the next port where the URL names one, else on the same address. */
function webSocketUrl(rpcUrl: string): string {
  if (!URL.canParse(rpcUrl)) return rpcUrl;
  const url = new URL(rpcUrl.replace(/^http/, 'ws'));
  if (url.port !== '') url.port = String(Number(url.port) + 1);
  return url.href;
}

/** A hosted endpoint carries its key in the path or the query, a database its password. */
function withoutSecrets(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return '(not a URL)';
  const { protocol, host, hostname, pathname } = new URL(url);
  return `${protocol}//${host}${isLoopbackHost(hostname) ? pathname : '/...'}`;
}
