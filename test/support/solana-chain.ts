import { parseEnvironment } from '../../config/environment.js';
import { Settings } from '../../config/settings.js';
import { SolanaChain } from '../../src/chain/solana-chain.js';
import { Clock } from '../../src/common/clock.js';

/** A clock that stands still until it is moved. */
export class HandClock extends Clock {
  private time = Date.parse('2026-11-22T10:00:00Z');

  now(): Date {
    return new Date(this.time);
  }

  forward(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** The real adapter against these endpoints. */
export function chainAt(
  urls: readonly string[],
  { timeoutMs = 1_000, clock = new HandClock(), ...rest }: ChainOptions = {},
): SolanaChain {
  const environment = parseEnvironment({
    NODE_ENV: 'test',
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
