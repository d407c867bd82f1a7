import type { Settings } from '../../config/settings.js';
import type { Clock } from '../common/clock.js';
import { RpcNotConfiguredError, RpcUnavailableError } from './chain.errors.js';
import { RpcEndpoint } from './rpc-endpoint.js';
import { toFailure } from './rpc-failure.js';

/** Below this there is no use in asking one more endpoint. */
const SMALLEST_SHARE_MS = 25;

/**
 * All configured endpoints. A call goes to the healthiest and fails over to the next, within one deadline for all of
 * them. An endpoint that failed cools down (2 s, growing to 15 s) and afterwards stays behind those that never failed
 * until it answers again, so a hanging one costs the time of one call and not of every call.
 */
export class RpcPool {
  readonly endpoints: readonly RpcEndpoint[];
  readonly timeoutMs: number;

  constructor(settings: Settings, clock: Clock) {
    const { SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS: timeoutMs, SOLANA_COMMITMENT: commitment } = settings.env;
    // The same URL twice is one endpoint: a proof that asks for two would otherwise hear one twice.
    const urls = [...new Set(SOLANA_RPC_URL ?? [])];
    this.timeoutMs = timeoutMs;
    this.endpoints = urls.map(
      (url, index) => new RpcEndpoint({ url, label: labelOf(urls, index), timeoutMs, commitment, clock }),
    );
  }

  /**
   * The first usable answer.
   * @param operation how the question is called in the error, such as `getLatestBlockhash`.
   * @throws RpcUnavailableError when no endpoint gave one; it is transient.
   * @throws RpcFailure when the request itself is wrong: a mistake of ours.
   */
  async call<T>(operation: string, work: (endpoint: RpcEndpoint) => Promise<T>): Promise<T> {
    const candidates = this.byHealth();
    const until = performance.now() + this.timeoutMs;
    const reasons: string[] = [];
    for (const [index, endpoint] of candidates.entries()) {
      const share = (until - performance.now()) / sharers(candidates.slice(index));
      if (index > 0 && share < SMALLEST_SHARE_MS) break;
      try {
        return await endpoint.ask(work, share);
      } catch (error) {
        const failure = toFailure(error);
        if (failure.isPermanent) throw failure;
        reasons.push(`${endpoint.label}: ${failure.reason}`);
      }
    }
    throw new RpcUnavailableError(operation, reasons);
  }

  /**
   * Healthy endpoints in the configured order, then those that failed lately, then those that cool down.
   * @throws RpcNotConfiguredError
   */
  byHealth(): RpcEndpoint[] {
    if (this.endpoints.length === 0) throw new RpcNotConfiguredError();
    const cooling = this.endpoints.filter((endpoint) => endpoint.isCooling);
    const ready = this.endpoints.filter((endpoint) => !cooling.includes(endpoint));
    ready.sort((a, b) => a.recentFailures - b.recentFailures);
    cooling.sort((a, b) => a.coolsUntil - b.coolsUntil);
    return [...ready, ...cooling];
  }
}

/** Among how many the remaining time is divided: no time is kept back for endpoints that cool down. */
function sharers(remaining: readonly RpcEndpoint[]): number {
  const ready = remaining.filter((endpoint) => !endpoint.isCooling).length;
  return ready === 0 ? remaining.length : ready;
}

function labelOf(urls: readonly string[], index: number): string {
  const hosts = urls.map((url) => new URL(url).host);
  const host = hosts[index] ?? '';
  return hosts.filter((other) => other === host).length === 1 ? host : `${host} (${index + 1})`;
}
