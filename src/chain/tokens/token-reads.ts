import { NATIVE_MINT } from '@solana/spl-token';
import { type AccountInfo, PublicKey } from '@solana/web3.js';
import type { TokenAccount, TokenAccountRef, TokenMint } from '#src/chain/port/chain.js';
import { metaplexMetadataAddress, metaplexUpdateAuthority } from './metaplex-metadata.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  decodeBondingCurve,
  decodePool,
  UnknownPumpLayout,
} from './pump-accounts.js';
import { type DecodedMint, decodeMint, decodeTokenAccount, extensionUpdateAuthority } from './token-mint.js';

const ACCOUNTS_PER_CALL = 100;
const CALLS_IN_FLIGHT = 10;
/** More than any mint has; anybody may ask about any address, also about one with megabytes of data. */
const MINT_BYTES = 65_536;
/** More than a token account has with every extension, and more than 355, by which a multisig is told from one. */
const TOKEN_ACCOUNT_BYTES = 1_024;
const PASSES = 4;
const INVALID_PARAMETERS = -32602;

export async function readTokenMint(caller: RpcCaller, address: string): Promise<TokenMint | null> {
  const mint = new PublicKey(address);
  const [account = null, metaplex = null, curve = null, coinPool = null] = await readData(caller, [
    mint,
    metaplexMetadataAddress(mint),
    bondingCurveAddress(mint),
    canonicalPoolAddress(mint),
  ]);
  const decoded = decodeMint(mint, account);
  if (decoded === null) return null;
  const { program, decimals, supply, mintAuthority, freezeAuthority, extensions } = decoded;
  const updateAuthority = await findUpdateAuthority(caller, mint, { account, metaplex, decoded });
  return {
    mint: address,
    program,
    decimals,
    supply,
    mintAuthority: mintAuthority?.toBase58() ?? null,
    freezeAuthority: freezeAuthority?.toBase58() ?? null,
    updateAuthority: updateAuthority?.toBase58() ?? null,
    ...(await findPumpCreator(caller, mint, curve, coinPool)),
    extensions,
  };
}

/** After the graduation the pool alone says who the creator is; it is another pool when the coin is not traded for SOL. */
async function findPumpCreator(
  caller: RpcCaller,
  mint: PublicKey,
  curveAccount: AccountInfo<Buffer> | null,
  solPool: AccountInfo<Buffer> | null,
): Promise<Pick<TokenMint, 'pumpCreator' | 'pumpProblem'>> {
  try {
    const curve = decodeBondingCurve(curveAccount);
    if (curve === null) return { pumpCreator: null, pumpProblem: null };
    const [coinPool = null] = curve.quoteMint.equals(NATIVE_MINT)
      ? [solPool]
      : await readData(caller, [canonicalPoolAddress(mint, curve.quoteMint)]);
    const { creator } = decodePool(coinPool) ?? curve;
    return { pumpCreator: creator?.toBase58() ?? null, pumpProblem: null };
  } catch (error) {
    if (error instanceof UnknownPumpLayout) return { pumpCreator: null, pumpProblem: error.message };
    throw error;
  }
}

interface MintAccounts {
  readonly account: AccountInfo<Buffer> | null;
  readonly metaplex: AccountInfo<Buffer> | null;
  readonly decoded: DecodedMint;
}

/** Where the mint says that its metadata is, there alone; Metaplex metadata where it says nothing. */
async function findUpdateAuthority(
  caller: RpcCaller,
  mint: PublicKey,
  { account, metaplex, decoded: { metadataAddress } }: MintAccounts,
): Promise<PublicKey | null> {
  if (metadataAddress === null || metadataAddress.equals(metaplexMetadataAddress(mint)))
    return metaplexUpdateAuthority(metaplex, mint);
  if (metadataAddress.equals(mint)) return extensionUpdateAuthority(mint, account, mint);
  const [other = null] = await readData(caller, [metadataAddress]);
  return extensionUpdateAuthority(metadataAddress, other, mint);
}

/** Asked by mint, the node looks under the mint's own program, the only one where its token accounts can be. */
export function readTokenAccounts(caller: RpcCaller, mint: string, owner: string): Promise<TokenAccount[]> {
  const filter = { mint: new PublicKey(mint) };
  const wallet = new PublicKey(owner);
  return caller.call('getTokenAccountsByOwner', async ({ connection }) => {
    const { value } = await connection
      .getTokenAccountsByOwner(wallet, filter, 'confirmed')
      .catch(notBlamingUs);
    if (new Set(value.map(({ pubkey }) => pubkey.toBase58())).size !== value.length)
      throw new RpcFailure('malformed', 'a token account is twice in the answer');
    return value.map(({ pubkey, account }) => {
      const found = decodeTokenAccount(pubkey, account);
      if (!found?.mint.equals(filter.mint) || !found.owner.equals(wallet))
        throw new RpcFailure('malformed', 'an account in the answer was not asked for');
      return { address: pubkey.toBase58(), rawAmount: found.rawAmount };
    });
  });
}

/**
 * Tokens that move between two accounts while several calls are under way could show in both. So all calls have to
 * answer from one slot; where they do not, repeatedly, each account counts with the least that was ever seen in it.
 */
export async function readTokenAmounts(
  caller: RpcCaller,
  mint: string,
  accounts: readonly TokenAccountRef[],
): Promise<(bigint | null)[]> {
  const chunks: TokenAccountRef[][] = [];
  for (let start = 0; start < accounts.length; start += ACCOUNTS_PER_CALL) {
    chunks.push(accounts.slice(start, start + ACCOUNTS_PER_CALL));
  }
  let least: (bigint | null)[] | undefined;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const answers = await inGroups(chunks, (chunk) =>
      caller.call('getMultipleAccounts', (endpoint) => readAmounts(endpoint, new PublicKey(mint), chunk)),
    );
    const amounts = answers.flatMap((answer) => answer.amounts);
    if (new Set(answers.map(({ slot }) => slot)).size <= 1) return amounts;
    least = least === undefined ? amounts : amounts.map((amount, i) => lesser(amount, least?.[i] ?? null));
  }
  return least ?? [];
}

function lesser(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return null;
  return a < b ? a : b;
}

async function readAmounts(
  endpoint: RpcEndpoint,
  mint: PublicKey,
  wanted: readonly TokenAccountRef[],
): Promise<{ slot: bigint; amounts: (bigint | null)[] }> {
  const keys = wanted.map(({ address }) => new PublicKey(address));
  const { slot, accounts } = await readChunk(endpoint, keys, TOKEN_ACCOUNT_BYTES);
  const amounts = wanted.map(({ owner }, i) => {
    const [key, account] = [keys[i], accounts[i]];
    const found = key && account ? decodeTokenAccount(key, account) : null;
    return found?.mint.equals(mint) && found.owner.toBase58() === owner ? found.rawAmount : null;
  });
  return { slot, amounts };
}

/** A node calls the parameters invalid when it does not know the mint: it may have to catch up; another may know it. */
function notBlamingUs(error: unknown): never {
  if (error instanceof RpcFailure && error.code === INVALID_PARAMETERS)
    throw new RpcFailure('behind', 'node does not know the mint', undefined, { cause: error });
  throw error;
}

async function readData(caller: RpcCaller, keys: PublicKey[]): Promise<(AccountInfo<Buffer> | null)[]> {
  const read = (endpoint: RpcEndpoint) => readChunk(endpoint, keys, MINT_BYTES);
  return (await caller.call('getMultipleAccounts', read)).accounts;
}

async function readChunk(
  { connection }: RpcEndpoint,
  keys: PublicKey[],
  maxBytes: number,
): Promise<{ slot: bigint; accounts: (AccountInfo<Buffer> | null)[] }> {
  const { context, value } = await connection.getMultipleAccountsInfoAndContext(keys, {
    commitment: 'confirmed',
    dataSlice: { offset: 0, length: maxBytes },
  });
  if (value.length !== keys.length) throw new RpcFailure('malformed', 'accounts are missing in the answer');
  return { slot: toCount(context.slot), accounts: value };
}

/** Work for each, in order, some at a time. */
async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += CALLS_IN_FLIGHT) {
    results.push(...(await Promise.all(items.slice(start, start + CALLS_IN_FLIGHT).map(work))));
  }
  return results;
}
