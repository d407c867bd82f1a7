import { PublicKey } from '@solana/web3.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcCaller } from '#src/chain/rpc/rpc-voice.js';
import { PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { GLOBAL } from './pump-addresses.js';

/** First 8 bytes of SHA-256 of `account:Global`. */
const GLOBAL_DISCRIMINATOR = 'a7e8e8b1c86c727f';
/** Behind the discriminator, a flag and the authority. */
const FEE_RECIPIENT = 8 + 1 + 32;

/** Who takes the protocol's fee of a purchase, by pump.fun's own settings; null where this cluster has none that can be read. */
export async function readFeeRecipient(caller: RpcCaller): Promise<string | null> {
  return caller.call('getAccountInfo', async ({ connection }) => {
    const account = await connection.getAccountInfo(GLOBAL, 'confirmed');
    if (account === null || !account.owner.equals(PUMP_PROGRAM)) return null;
    if (!Buffer.isBuffer(account.data)) throw new RpcFailure('malformed', 'the account has no data');
    const { data } = account;
    if (data.length < FEE_RECIPIENT + 32 || data.toString('hex', 0, 8) !== GLOBAL_DISCRIMINATOR) return null;
    return new PublicKey(data.subarray(FEE_RECIPIENT, FEE_RECIPIENT + 32)).toBase58();
  });
}
