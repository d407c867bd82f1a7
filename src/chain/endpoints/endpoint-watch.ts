import type { Clock } from '#src/common/clock.js';
import { type Cluster, genesisOf, isForeign } from './cluster.js';
import {
  type Best,
  bestOf,
  isLagging,
  type Measured,
  measure,
  redReason,
  UNMEASURED,
} from './endpoint-standing.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';

const EVERY_MS = 3_000;

/** Knows how far each endpoint has come, and calls red whose answers are of the past or of another cluster. */
export class EndpointWatch {
  private readonly measured = new Map<RpcEndpoint, Measured>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: RpcPool,
    private readonly clock: Clock,
    private readonly cluster: Cluster,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.look(), EVERY_MS).unref();
    void this.look();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Asks every endpoint once. Never throws: one that does not answer keeps its standing, and cools down by itself. */
  async look(): Promise<void> {
    const told = await Promise.all(this.pool.endpoints.map((endpoint) => this.ask(endpoint)));
    const now = this.clock.now().getTime();
    const best = this.best(new Map(this.pool.endpoints.map((endpoint, at) => [endpoint, told[at] ?? null])));
    for (const [index, endpoint] of this.pool.endpoints.entries()) {
      const slot = told[index] ?? null;
      if (slot !== null) this.measured.set(endpoint, measure(this.of(endpoint), slot, best.slot, now));
      endpoint.red = redReason(this.of(endpoint), best.slot);
      endpoint.isDisputed = !best.isSupported && isLagging(this.of(endpoint));
    }
  }

  /** The endpoint's confirmed slot, and how far it is behind the best; undefined while nothing is known. */
  standingOf(endpoint: RpcEndpoint): { readonly slot: bigint; readonly behind: bigint } | undefined {
    const { slot } = this.of(endpoint);
    if (slot === null) return undefined;
    const best = this.best(new Map()).slot;
    return { slot, behind: best > slot ? best - slot : 0n };
  }

  private async ask(endpoint: RpcEndpoint): Promise<bigint | null> {
    try {
      if (this.of(endpoint).isForeign === null) await this.askGenesis(endpoint);
      const slot = await endpoint.ask(
        ({ connection }) => connection.getSlot('confirmed'),
        this.pool.timeoutMs,
      );
      return toCount(slot);
    } catch {
      return null;
    }
  }

  /** Once: a genesis never changes. On a local cluster all have to answer for that of the first. */
  private async askGenesis(endpoint: RpcEndpoint): Promise<void> {
    const expected = genesisOf(this.cluster) ?? (await this.localGenesis());
    const genesis = await genesisFrom(endpoint, this.pool.timeoutMs);
    const foreign = isForeign(genesis, expected, endpoint.isLoopback && this.cluster !== 'localnet');
    this.measured.set(endpoint, { ...this.of(endpoint), isForeign: foreign });
  }

  private async localGenesis(): Promise<string> {
    const [first] = this.pool.endpoints;
    if (first === undefined) throw new RpcFailure('network', 'no endpoint is configured');
    return genesisFrom(first, this.pool.timeoutMs);
  }

  /** @param fresh what was told just now, which counts before what is known */
  private best(fresh: ReadonlyMap<RpcEndpoint, bigint | null>): Best {
    const told = this.pool.endpoints.flatMap((endpoint) => {
      const { slot: known, isForeign: foreign } = this.of(endpoint);
      const slot = fresh.get(endpoint) ?? known;
      return slot === null || foreign === true ? [] : [{ voice: endpoint.voice, slot }];
    });
    return bestOf(told);
  }

  private of(endpoint: RpcEndpoint): Measured {
    return this.measured.get(endpoint) ?? UNMEASURED;
  }
}

async function genesisFrom(endpoint: RpcEndpoint, timeoutMs: number): Promise<string> {
  const genesis = await endpoint.ask(() => endpoint.request('getGenesisHash', []), timeoutMs);
  if (typeof genesis !== 'string') throw new RpcFailure('malformed', 'no genesis hash in the answer');
  return genesis;
}
