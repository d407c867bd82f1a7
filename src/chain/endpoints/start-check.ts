import { StartupError } from '#config/database/await-database.js';
import { listsSignatures } from './endpoint-probe.js';
import type { EndpointWatch } from './endpoint-watch.js';
import { toFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';

/**
 * Production does not start on endpoints with which it could not pay, or of another cluster. An endpoint that does not answer
 * proves nothing: an outage keeps nobody from starting.
 * @throws StartupError
 */
export async function refuseUnfit(pool: RpcPool, watch: EndpointWatch): Promise<void> {
  await watch.look();
  const foreign = pool.endpoints.filter(({ red }) => red?.includes('another cluster') === true);
  if (foreign.length > 0) {
    throw new StartupError(
      `SOLANA_RPC_URL: ${foreign.map(({ label }) => label).join(', ')} answers for another cluster than SOLANA_CLUSTER. ` +
        'Correct the one that is wrong.',
    );
  }
  const refusals = await Promise.all(
    pool.endpoints.map(async (endpoint) => {
      try {
        await endpoint.ask(listsSignatures, pool.timeoutMs);
        return null;
      } catch (error) {
        const { kind, reason } = toFailure(error);
        return { refuses: kind === 'rpc', reason: `${endpoint.label}: ${reason}` };
      }
    }),
  );
  if (refusals.length === 0 || !refusals.every((refusal) => refusal?.refuses === true)) return;
  throw new StartupError(
    `No endpoint of SOLANA_RPC_URL lists the signatures of an address (getSignaturesForAddress), so nothing could be paid ` +
      `safely: ${refusals.map((refusal) => refusal?.reason).join('; ')}. Use a provider with transaction history.`,
  );
}
