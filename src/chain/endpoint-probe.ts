import { SYSVAR_CLOCK_PUBKEY, PublicKey } from '@solana/web3.js';
import type { EndpointReport } from './chain.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { toFailure } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';

const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
/** Owns no token accounts: the node has to run the query and can answer it shortly. */
const OWNER_WITHOUT_TOKENS = SYSVAR_CLOCK_PUBKEY;

/** Asks every endpoint for each thing that this system needs from one. Never throws. */
export async function probeEndpoints(pool: RpcPool): Promise<EndpointReport[]> {
  return Promise.all(pool.endpoints.map((endpoint) => probe(endpoint, pool.timeoutMs)));
}

async function probe(endpoint: RpcEndpoint, timeoutMs: number): Promise<EndpointReport> {
  let slot: bigint | undefined;
  const failures: string[] = [];
  const check = async (name: string, work: (endpoint: RpcEndpoint) => Promise<unknown>): Promise<boolean> => {
    try {
      await endpoint.ask(work, timeoutMs);
      return true;
    } catch (error) {
      failures.push(`${name}: ${toFailure(error).reason}`);
      return false;
    }
  };
  const [latestBlockhash, blockTime, tokenAccounts] = await Promise.all([
    check('getLatestBlockhash', async ({ connection }) => {
      slot = toCount((await connection.getLatestBlockhashAndContext('confirmed')).context.slot);
    }),
    check('getBlockTime', async ({ connection }) => {
      await connection.getBlockTime(await connection.getSlot('finalized'));
    }),
    check('getTokenAccountsByOwner', ({ connection }) =>
      connection.getParsedTokenAccountsByOwner(OWNER_WITHOUT_TOKENS, { programId: TOKEN_PROGRAM }),
    ),
  ]);
  return {
    endpoint: endpoint.label,
    ok: failures.length === 0,
    checks: { latestBlockhash, blockTime, tokenAccounts },
    ...(slot === undefined ? {} : { slot }),
    ...(failures.length === 0 ? {} : { reason: failures.join('; ') }),
  };
}
