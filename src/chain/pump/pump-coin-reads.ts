import { type AccountInfo, PublicKey } from '@solana/web3.js';
import type { FeeEarner, PumpCoin } from '#src/chain/port/pump-coin.js';
import { toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  decodeBondingCurve,
  decodePool,
  type NamedEarner,
  UnknownPumpLayout,
} from '#src/chain/tokens/pump-accounts.js';
import { NATIVE_MINT } from '@solana/spl-token';
import { holderRewardsAddress, sharingConfigAddress } from './pump-addresses.js';
import { decodeSharingConfig } from './sharing-config.js';

/** More than any account of pump.fun has. */
const MOST_BYTES = 4_096;

type Account = AccountInfo<Buffer> | null;

/** One call, so that curve, pool and sharing config are those of one slot. */
export async function readPumpCoin(caller: RpcCaller, address: string): Promise<PumpCoin> {
  const mint = new PublicKey(address);
  const keys = [bondingCurveAddress(mint), canonicalPoolAddress(mint), sharingConfigAddress(mint)];
  const { slot, accounts } = await caller.call('getMultipleAccounts', async ({ connection }) => {
    const { context, value } = await connection.getMultipleAccountsInfoAndContext(keys, {
      commitment: 'confirmed',
      dataSlice: { offset: 0, length: MOST_BYTES },
    });
    if (value.length !== keys.length) throw new RpcFailure('malformed', 'accounts are missing in the answer');
    return { slot: toCount(context.slot), accounts: value };
  });
  const addresses = {
    sharingAddress: sharingConfigAddress(mint).toBase58(),
    holderRewardsAddress: holderRewardsAddress(mint).toBase58(),
  };
  return { slot, ...addresses, ...decode(mint, accounts) };
}

function decode(
  mint: PublicKey,
  [curveAccount = null, poolAccount = null, sharingAccount = null]: readonly Account[],
): Pick<PumpCoin, 'curve' | 'pool' | 'sharing' | 'problem'> {
  try {
    const curve = decodeBondingCurve(curveAccount);
    const pool = decodePool(poolAccount);
    return {
      curve: curve && {
        ...earner(curve),
        complete: curve.complete,
        quoteMint: curve.quoteMint.toBase58(),
        isTradedForSol: curve.quoteMint.equals(NATIVE_MINT),
      },
      pool: pool && earner(pool),
      sharing: decodeSharingConfig(sharingAccount, mint),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof UnknownPumpLayout)) throw error;
    return { curve: null, pool: null, sharing: null, problem: error.message };
  }
}

function earner({ creator, cashback, holderReward }: NamedEarner): FeeEarner {
  return { creator: creator?.toBase58() ?? null, cashback, holderReward };
}
