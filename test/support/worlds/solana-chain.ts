import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { SolanaChain } from '#src/chain/solana-chain.js';
import type { Clock } from '#src/common/clock.js';
import { HandClock } from '#src/common/clock.fake.js';

/** The real adapter against these endpoints. */
export function chainAt(
  urls: readonly string[],
  { timeoutMs = 1_000, clock = new HandClock(), ...rest }: ChainOptions = {},
): SolanaChain {
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    SOLANA_CLUSTER: 'localnet',
    SOLANA_RPC_URL: urls.join(','),
    SOLANA_RPC_TIMEOUT_MS: String(timeoutMs),
    ...rest.env,
  });
  return new SolanaChain(new Settings(environment), clock);
}

export interface ChainOptions {
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  readonly env?: Readonly<Record<string, string>>;
}
