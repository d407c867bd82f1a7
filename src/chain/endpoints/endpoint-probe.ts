import { PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import type { EndpointCheck, EndpointReport } from '#src/chain/port/chain.js';
import type { Clock } from '#src/common/clock.js';
import { isBlockhashValid } from '#src/chain/rpc/blockhash-reads.js';
import type { EndpointWatch } from './endpoint-watch.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure, toFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';

const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
/** Owns no token accounts: the node has to run the query and can answer it shortly. */
const OWNER_WITHOUT_TOKENS = SYSVAR_CLOCK_PUBKEY;
/** 64 zero bytes: a signature that nobody has made. */
const NOBODY = '1'.repeat(64);
/** What an endpoint could do it can still do a minute later. */
const KNOWN_MS = 60_000;

interface Check {
  readonly name: EndpointCheck;
  readonly method: string;
  /** What cannot be done without it. */
  readonly costs: string;
  /** Asked at every look: the others for a minute count as they were. */
  readonly always?: boolean;
  readonly work: (endpoint: RpcEndpoint) => Promise<unknown>;
}

const CHECKS: readonly Check[] = [
  {
    name: 'latestBlockhash',
    method: 'getLatestBlockhash',
    costs: 'nothing can be signed',
    always: true,
    work: ({ connection }) => connection.getLatestBlockhashAndContext('confirmed'),
  },
  {
    name: 'blockhashValid',
    method: 'isBlockhashValid',
    costs: 'it cannot confirm the blockhash of another voice, so payouts wait',
    work: async (endpoint) => {
      const { value } = await endpoint.connection.getLatestBlockhashAndContext('confirmed');
      await isBlockhashValid(endpoint, value.blockhash);
    },
  },
  {
    name: 'blockHeight',
    method: 'getBlockHeight',
    costs: 'lost transactions are never replaced',
    work: async (endpoint) =>
      toCount(await endpoint.request('getBlockHeight', [{ commitment: 'finalized' }])),
  },
  {
    name: 'statuses',
    method: 'getSignatureStatuses',
    costs: 'no payout is ever booked',
    work: ({ connection }) => connection.getSignatureStatuses([NOBODY]),
  },
  {
    name: 'history',
    method: 'getSignatureStatuses with history',
    costs: 'lost transactions are never replaced',
    work: ({ connection }) => connection.getSignatureStatuses([NOBODY], { searchTransactionHistory: true }),
  },
  {
    name: 'addressHistory',
    method: 'getSignaturesForAddress',
    costs: 'lost transactions are never replaced, and escrows cannot be audited',
    work: listsSignatures,
  },
  {
    name: 'blocks',
    method: 'getBlock',
    costs: 'lost transactions are never replaced',
    work: readsABlock,
  },
  {
    name: 'firstBlock',
    method: 'getFirstAvailableBlock',
    costs: 'lost transactions are never replaced',
    work: ({ connection }) => connection.getFirstAvailableBlock(),
  },
  {
    name: 'blockTime',
    method: 'getBlockTime',
    costs: 'times of the past cannot be shown',
    always: true,
    work: async ({ connection }) => connection.getBlockTime(await connection.getSlot('finalized')),
  },
  {
    name: 'tokenAccounts',
    method: 'getTokenAccountsByOwner',
    costs: 'holders cannot approve',
    always: true,
    work: ({ connection }) =>
      connection.getParsedTokenAccountsByOwner(OWNER_WITHOUT_TOKENS, { programId: TOKEN_PROGRAM }),
  },
];

/** What every endpoint can do: exactly what this system asks for. */
export class EndpointProbe {
  private readonly known = new Map<string, number>();

  constructor(
    private readonly pool: RpcPool,
    private readonly watch: EndpointWatch,
    private readonly clock: Clock,
  ) {}

  /** Never throws. */
  async reports(): Promise<EndpointReport[]> {
    return Promise.all(this.pool.endpoints.map((endpoint) => this.report(endpoint)));
  }

  private async report(endpoint: RpcEndpoint): Promise<EndpointReport> {
    const failures: string[] = [];
    const missing: { method: string; costs: string }[] = [];
    const passed = await Promise.all(
      CHECKS.map(async (check) => {
        const failure = await this.failureOf(endpoint, check);
        if (failure === null) return [check.name, true] as const;
        failures.push(`${check.method}: ${failure}`);
        missing.push({ method: check.method, costs: check.costs });
        return [check.name, false] as const;
      }),
    );
    const reasons = [...(endpoint.red === null ? [] : [endpoint.red]), ...failures];
    return {
      endpoint: endpoint.label,
      voice: endpoint.voice,
      ok: reasons.length === 0,
      red: endpoint.red !== null,
      checks: Object.fromEntries(passed) as EndpointReport['checks'],
      missing,
      ...this.watch.standingOf(endpoint),
      ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    };
  }

  private async failureOf(endpoint: RpcEndpoint, check: Check): Promise<string | null> {
    const key = `${endpoint.label} ${check.name}`;
    const now = this.clock.now().getTime();
    if (check.always !== true && now - (this.known.get(key) ?? -KNOWN_MS) < KNOWN_MS) return null;
    try {
      await endpoint.ask(check.work, this.pool.timeoutMs);
      this.known.set(key, now);
      return null;
    } catch (error) {
      this.known.delete(key);
      return toFailure(error).reason;
    }
  }
}

/** @throws RpcFailure */
export async function listsSignatures(endpoint: RpcEndpoint): Promise<void> {
  const options = { limit: 1, commitment: 'confirmed' };
  const answer = await endpoint.request('getSignaturesForAddress', [TOKEN_PROGRAM.toBase58(), options]);
  if (!Array.isArray(answer)) throw new RpcFailure('malformed', 'the history of an account is no list');
}

/** A skipped slot is no block, and no fault of the node. */
async function readsABlock(endpoint: RpcEndpoint): Promise<void> {
  const slot = await endpoint.connection.getSlot('finalized');
  const options = {
    commitment: 'finalized',
    transactionDetails: 'signatures',
    rewards: false,
    maxSupportedTransactionVersion: 0,
  };
  try {
    await endpoint.request('getBlock', [slot, options]);
  } catch (error) {
    const { code } = toFailure(error);
    // -32602: a chain that has just begun knows no block before its first one.
    if (![-32004, -32007, -32009, -32602].includes(code ?? 0)) throw error;
  }
}
