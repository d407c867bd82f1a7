import type { Random } from '../random.js';
import { rpc } from './rpc-faults.js';
import type { Fault, FaultPlan, RpcCall } from './rpc-proxy.js';

interface Moment {
  readonly call: RpcCall;
  readonly result: unknown;
  /** The slot up to which the backend has seen the chain. */
  readonly seen: number;
}

interface Lease {
  readonly context: { readonly slot: number };
  readonly value: { readonly blockhash: string };
}

const answer = (result: unknown): Fault => ({ kind: 'answer', result });

/**
 * A load balancer before two honest backends, one of which is so many slots behind: each question goes to either by chance, so two
 * answers in a row need not belong together. What the late one does not know yet it denies, as a real one does.
 */
export class Balancer {
  private readonly leases: Lease[] = [];
  /** Answers of the backend that is behind. */
  late = 0;

  constructor(
    private readonly random: Random,
    private readonly rpcUrl: string,
    private readonly slotsBehind: number,
  ) {}

  readonly plan: FaultPlan = (call) => ({
    kind: 'after',
    judge: async (result) => {
      if (call.method === 'getLatestBlockhash' && result !== undefined) this.leases.push(result as Lease);
      if (this.random.below(2) === 0) return undefined;
      const now = Number((await rpc(this.rpcUrl, 'getSlot', [{ commitment: 'processed' }])).result);
      return this.fromLate({ call, result, seen: Math.max(0, now - this.slotsBehind) });
    },
  });

  private fromLate(moment: Moment): Fault | undefined {
    const { call, seen } = moment;
    const options = call.params.at(-1) as { minContextSlot?: number } | string | null | undefined;
    const wanted = typeof options === 'object' ? (options?.minContextSlot ?? 0) : 0;
    if (wanted > seen) return { kind: 'error', code: -32016, data: { contextSlot: seen } };
    const told = this.told(moment);
    if (told !== undefined) this.late += 1;
    return told;
  }

  private told({ call, result, seen }: Moment): Fault | undefined {
    switch (call.method) {
      case 'getSlot':
      case 'getBlockHeight':
        return answer(Math.max(0, Number(result) - this.slotsBehind));
      case 'getSignatureStatuses': {
        const { value } = result as { value: readonly ({ slot: number } | null)[] };
        return answer({ context: { slot: seen }, value: value.map((known) => before(known, seen)) });
      }
      case 'getTransaction':
        return answer(before(result as { slot: number } | null, seen));
      case 'getSignaturesForAddress':
        return answer((result as { slot: number }[]).filter(({ slot }) => slot <= seen));
      case 'getLatestBlockhash': {
        const lease = this.leases.findLast(({ context }) => context.slot <= seen);
        return lease && answer(lease);
      }
      case 'isBlockhashValid': {
        const lease = this.leases.find(({ value }) => value.blockhash === call.params[0]);
        if (lease === undefined || lease.context.slot <= seen) return undefined;
        return answer({ context: { slot: seen }, value: false });
      }
      default:
        return undefined;
    }
  }
}

function before<T extends { readonly slot: number }>(known: T | null, seen: number): T | null {
  return known !== null && known.slot <= seen ? known : null;
}
