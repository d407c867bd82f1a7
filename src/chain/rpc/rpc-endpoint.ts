import { randomUUID } from 'node:crypto';
import { type Commitment, Connection } from '@solana/web3.js';
import type { Clock } from '#src/common/clock.js';
import { isLoopback } from './voice-of.js';
import { RpcFailure, type RpcOutcome, toFailure } from './rpc-failure.js';
import { asFetch, rpcExchange, workDeadline } from './rpc-transport.js';

const FIRST_COOL_DOWN_MS = 2_000;
const LONGEST_COOL_DOWN_MS = 15_000;

export interface EndpointOptions {
  readonly url: string;
  /** Whose word its answers are. */
  readonly voice: string;
  /** How the endpoint is called in logs and reports: its host, never its path or query, which may hold API keys. */
  readonly label: string;
  readonly timeoutMs: number;
  readonly commitment: Commitment;
  readonly clock: Clock;
}

/** One JSON-RPC endpoint: its client, and what is known about its health. No WebSocket is ever opened. */
export class RpcEndpoint {
  readonly label: string;
  readonly voice: string;
  readonly isLoopback: boolean;
  readonly connection: Connection;
  /** Why its answers are of the past, or of another cluster, as the watch has measured; null while they are not. */
  red: string | null = null;
  /** It is behind one that nobody supports: who of the two is wrong is not known. */
  isDisputed = false;
  /** How many requests ended how, since this process began. */
  readonly outcomes = new Map<RpcOutcome, number>();
  private readonly exchange: ReturnType<typeof rpcExchange>;
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly clock: Clock;
  private failures = 0;
  private coolUntil = 0;

  constructor(options: EndpointOptions) {
    const { url, headers } = withoutCredentials(options.url);
    this.url = url;
    this.headers = headers;
    this.label = options.label;
    this.isLoopback = isLoopback(new URL(url).hostname);
    this.voice = options.voice;
    this.clock = options.clock;
    this.exchange = rpcExchange(options.timeoutMs, (outcome) =>
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1),
    );
    this.connection = new Connection(url, {
      commitment: options.commitment,
      fetch: asFetch(this.exchange),
      httpHeaders: headers,
      httpAgent: false,
      disableRetryOnRateLimit: true,
    });
  }

  /** 0 for an endpoint whose last answer was good. */
  get recentFailures(): number {
    return this.failures;
  }

  get coolsUntil(): number {
    return this.coolUntil;
  }

  get isCooling(): boolean {
    return this.clock.now().getTime() < this.coolUntil;
  }

  /**
   * Runs requests against this endpoint, all of them within `timeoutMs`, and remembers how it went.
   * @throws RpcFailure
   */
  async ask<T>(work: (endpoint: RpcEndpoint) => Promise<T>, timeoutMs: number): Promise<T> {
    // While one caller tries an endpoint that failed before, the others keep away from it.
    if (this.failures > 0) this.coolDown();
    try {
      const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
      const answer = await workDeadline.run(deadline, () => work(this));
      this.failures = 0;
      this.coolUntil = 0;
      return answer;
    } catch (error) {
      const failure = toFailure(error);
      if (failure.isOutage) this.noteOutage();
      throw failure;
    }
  }

  /**
   * One request outside the client library, for what that leaves out, shares between callers or checks at length: its
   * `getBlockHeight` gives the answer to an older question to whoever asks meanwhile. The result's shape is not checked.
   * @throws RpcFailure
   */
  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: randomUUID(), method, params });
    const headers = { 'content-type': 'application/json', ...this.headers };
    return (await this.exchange(this.url, { method: 'POST', headers, body })).result;
  }

  private noteOutage(): void {
    this.failures += 1;
    this.coolDown();
  }

  private coolDown(): void {
    const duration = Math.min(FIRST_COOL_DOWN_MS * 2 ** (this.failures - 1), LONGEST_COOL_DOWN_MS);
    this.coolUntil = this.clock.now().getTime() + duration;
  }
}

/** `fetch` refuses URLs with a user and password in them: they become a header. */
function withoutCredentials(text: string): { url: string; headers: Record<string, string> } {
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { url: text, headers: {} };
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return {
    url: url.toString(),
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  };
}

/**
 * A count (slot, height, lamports) out of an answer.
 * @throws RpcFailure when the node sent something else.
 */
export function toCount(value: unknown): bigint {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return BigInt(value);
  throw new RpcFailure('malformed', 'a number in the answer is none');
}
