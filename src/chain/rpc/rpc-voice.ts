import { RpcUnavailableError } from '#src/chain/port/chain.errors.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { toFailure } from './rpc-failure.js';

/** Below this there is no use in asking one more endpoint. */
const SMALLEST_SHARE_MS = 25;

/** Whoever can be asked: all endpoints, or those of one voice. */
export interface RpcCaller {
  /**
   * The first usable answer.
   * @param operation how the question is called in the error, such as `getLatestBlockhash`.
   * @throws RpcUnavailableError when no endpoint gave one; it is transient.
   * @throws RpcFailure when the request itself is wrong: a mistake of ours.
   */
  call<T>(operation: string, work: (endpoint: RpcEndpoint) => Promise<T>): Promise<T>;
}

/** The endpoints of one provider: they fail over to each other, and count as one voice. */
export class RpcVoice implements RpcCaller {
  constructor(
    readonly name: string,
    readonly endpoints: readonly RpcEndpoint[],
    private readonly timeoutMs: number,
  ) {}

  /** Why nobody of this voice can be believed; null while somebody can. */
  get red(): string | null {
    const reasons = this.endpoints.map(({ red }) => red);
    return reasons.every((reason) => reason !== null) ? reasons.join('; ') : null;
  }

  /** It is left out because it contradicts the other one, not because it is silent. */
  get isDisputed(): boolean {
    return this.endpoints.some(({ isDisputed }) => isDisputed);
  }

  async call<T>(operation: string, work: (endpoint: RpcEndpoint) => Promise<T>): Promise<T> {
    const believed = this.endpoints.filter(({ red }) => red === null);
    return callInTurn(byHealth(believed), this.timeoutMs, operation, work);
  }
}

/** Healthy endpoints in the given order, then those that failed lately, those that cool down, and at last red ones. */
export function byHealth(endpoints: readonly RpcEndpoint[]): RpcEndpoint[] {
  const red = endpoints.filter((endpoint) => endpoint.red !== null);
  const cooling = endpoints.filter((endpoint) => endpoint.isCooling && !red.includes(endpoint));
  const ready = endpoints.filter((endpoint) => !cooling.includes(endpoint) && !red.includes(endpoint));
  ready.sort((a, b) => a.recentFailures - b.recentFailures);
  cooling.sort((a, b) => a.coolsUntil - b.coolsUntil);
  return [...ready, ...cooling, ...red];
}

/** Asks one after the other, within one deadline for all of them. */
export async function callInTurn<T>(
  candidates: readonly RpcEndpoint[],
  timeoutMs: number,
  operation: string,
  work: (endpoint: RpcEndpoint) => Promise<T>,
): Promise<T> {
  const until = performance.now() + timeoutMs;
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

/** Among how many the remaining time is divided: no time is kept back for endpoints that cool down. */
function sharers(remaining: readonly RpcEndpoint[]): number {
  const ready = remaining.filter((endpoint) => !endpoint.isCooling).length;
  return ready === 0 ? remaining.length : ready;
}
