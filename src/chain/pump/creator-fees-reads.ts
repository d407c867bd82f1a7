import { AccountLayout, NATIVE_MINT, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { type AccountInfo, PublicKey } from '@solana/web3.js';
import type { CreatorFees } from '#src/chain/port/pump-coin.js';
import { toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  decodeBondingCurve,
  decodePool,
  UnknownPumpLayout,
} from '#src/chain/tokens/pump-accounts.js';
import { wrappedSolAccount } from './collect-instructions.js';
import { creatorVaultAddress, poolVaultAuthority } from './pump-addresses.js';

type Account = AccountInfo<Buffer> | null;

/** One call, so that what moves from a coin into a vault meanwhile is not counted twice. */
export async function readCreatorFees(
  caller: RpcCaller,
  wallet: string,
  tokenMint: string | null,
): Promise<CreatorFees> {
  const creator = new PublicKey(wallet);
  const mint = tokenMint === null ? null : new PublicKey(tokenMint);
  const keys = [
    creatorVaultAddress(creator),
    wrappedSolAccount(poolVaultAuthority(creator)),
    wrappedSolAccount(creator),
    ...(mint === null ? [] : [bondingCurveAddress(mint), canonicalPoolAddress(mint)]),
  ];
  const { slot, accounts } = await caller.call('getMultipleAccounts', async ({ connection }) => {
    const { context, value } = await connection.getMultipleAccountsInfoAndContext(keys, 'confirmed');
    if (value.length !== keys.length) throw new RpcFailure('malformed', 'accounts are missing in the answer');
    return { slot: toCount(context.slot), accounts: value };
  });
  const [curveVault = null, poolVault = null, own = null, curve = null, pool = null] = accounts;
  const vaults = {
    curveVault: toCount(curveVault?.lamports ?? 0),
    poolVault: wrapped(poolVault),
    ownWrapped: wrapped(own),
  };
  return { slot, ...vaults, ...waiting(creator, curve, pool) };
}

/** What waits in the coin's own accounts, where this wallet is the one that it waits for. */
function waiting(
  creator: PublicKey,
  curveAccount: Account,
  poolAccount: Account,
): Pick<CreatorFees, 'onCurve' | 'inPool' | 'poolQuoteAccount' | 'problem'> {
  const none = { onCurve: 0n, inPool: 0n, poolQuoteAccount: null };
  try {
    const curve = decodeBondingCurve(curveAccount);
    const pool = decodePool(poolAccount);
    const isMine = (named: PublicKey | null | undefined) => named?.equals(creator) === true;
    return {
      onCurve:
        isMine(curve?.creator) && curve?.quoteMint.equals(NATIVE_MINT) === true ? curve.waitingFees : 0n,
      inPool: isMine(pool?.creator) ? (pool?.waitingFees ?? 0n) : 0n,
      poolQuoteAccount: pool?.quoteAccount.toBase58() ?? null,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof UnknownPumpLayout)) throw error;
    return { ...none, problem: error.message };
  }
}

function wrapped(account: Account): bigint {
  if (!account?.owner.equals(TOKEN_PROGRAM_ID) || account.data.length !== AccountLayout.span) return 0n;
  return AccountLayout.decode(account.data).amount;
}
