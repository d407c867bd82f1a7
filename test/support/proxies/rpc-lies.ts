import type { Random } from '../random.js';
import { sentIn, type Sent, submit } from './rpc-faults.js';
import type { Fault, FaultPlan, RpcCall } from './rpc-proxy.js';

type Lie = (random: Random, call: RpcCall) => Fault | undefined;

const CLOCK = 'SysvarC1ock11111111111111111111111111111111';
const REFUSALS = [-32601, -32005, -32009, -32011, -32015, -32016, -32603];

function changed(change: (result: never) => unknown): Fault {
  return { kind: 'result', change: change as (result: unknown) => unknown };
}

const off = (random: Random, reach: number) => random.below(2 * reach) - reach;

/** What a provider may say that is not so, by method. Two voices never agree by chance: each invents its own figures. */
const LIES: Readonly<Record<string, readonly Lie[]>> = {
  getLatestBlockhash: [
    (random) =>
      changed(({ value, ...rest }: { value: { lastValidBlockHeight: number } }) => {
        const lastValidBlockHeight = Math.max(0, value.lastValidBlockHeight + off(random, 400));
        return { ...rest, value: { ...value, lastValidBlockHeight } };
      }),
  ],
  getBlockHeight: [(random) => changed((height: number) => Math.max(0, height + off(random, 500)))],
  getSlot: [(random) => changed((slot: number) => Math.max(0, slot + off(random, 2_000)))],
  isBlockhashValid: [() => changed(({ value, ...rest }: { value: boolean }) => ({ ...rest, value: !value }))],
  getSignatureStatuses: [
    () => changed(({ value, ...rest }: { value: unknown[] }) => ({ ...rest, value: value.map(() => null) })),
    (random) =>
      changed(({ value, ...rest }: { value: unknown[] }) => {
        const slot = random.below(1_000_000_000);
        const status = { slot, confirmations: null, err: null, confirmationStatus: 'finalized' };
        return { ...rest, value: value.map(() => status) };
      }),
    (random) =>
      changed(({ value, ...rest }: { value: unknown[] }) => {
        const err = { InstructionError: [2, { Custom: random.below(100) }] };
        const slot = random.below(1_000_000_000);
        const status = { slot, confirmations: null, err, confirmationStatus: 'finalized' };
        return { ...rest, value: value.map(() => status) };
      }),
    // A load balancer sends every question to another backend, and this one is far behind.
    (random) =>
      changed(({ context }: { context: { slot: number } }) => ({
        context: { ...context, slot: Math.max(0, context.slot - random.below(300)) },
        value: [null],
      })),
  ],
  getTransaction: [() => ({ kind: 'answer', result: null })],
  getSignaturesForAddress: [() => ({ kind: 'answer', result: [] })],
  getBlock: [() => ({ kind: 'answer', result: null })],
  getFirstAvailableBlock: [(random) => ({ kind: 'answer', result: random.below(1_000_000) })],
  getRecentPrioritizationFees: [
    (random) => ({ kind: 'answer', result: [{ slot: 1, prioritizationFee: random.below(2_000_000_000) }] }),
  ],
  getMultipleAccounts: [
    (random) =>
      changed(({ value, ...rest }: { value: ({ lamports: number } | null)[] }) => ({
        ...rest,
        value: value.map((account) =>
          account === null
            ? null
            : { ...account, lamports: Math.max(0, account.lamports + off(random, 2_000_000)) },
        ),
      })),
  ],
  getAccountInfo: [
    (random, { params }) =>
      params[0] === CLOCK
        ? changed(({ value, ...rest }: { value: { data: [string, string] } }) => {
            const data = Buffer.from(value.data[0], 'base64');
            data.writeBigInt64LE(data.readBigInt64LE(32) + BigInt(off(random, 30 * 86_400)), 32);
            return { ...rest, value: { ...value, data: [data.toString('base64'), 'base64'] } };
          })
        : undefined,
  ],
  simulateTransaction: [
    (random) =>
      changed(({ value, ...rest }: { value: object }) => ({
        ...rest,
        value: { ...value, err: { InstructionError: [2, { Custom: random.below(100) }] }, logs: [] },
      })),
  ],
};

/** One provider that says something untrue, refuses, or breaks off, at random and in every method, for as long as it is armed. */
export class Liar {
  isArmed = false;
  told = 0;
  /** What it took and did not pass on. */
  readonly held: Sent[] = [];

  constructor(
    private readonly random: Random,
    private readonly chainUrl: string,
    private readonly probability = 0.25,
  ) {}

  readonly plan: FaultPlan = async (call) => {
    if (!this.isArmed || !this.random.chance(this.probability)) return undefined;
    const fault = call.method === 'sendTransaction' ? await this.holdBack(call) : this.lieTo(call);
    if (fault !== undefined) this.told += 1;
    return fault;
  };

  /** Lets go of everything that it held back: what is dead cannot land any more. */
  async letGo(): Promise<void> {
    await Promise.all(this.held.splice(0).map((sent) => submit(this.chainUrl, sent)));
  }

  private lieTo(call: RpcCall): Fault | undefined {
    const lies = LIES[call.method] ?? [];
    if (lies.length === 0 || this.random.chance(0.25)) return this.refuse();
    return this.random.pick(lies)(this.random, call);
  }

  private refuse(): Fault {
    return this.random.pick<Fault>([
      { kind: 'cut' },
      { kind: 'status', status: this.random.pick([403, 410, 429, 503]) },
      { kind: 'error', code: this.random.pick(REFUSALS) },
      { kind: 'answer', result: { surprise: true } },
    ]);
  }

  /** Swallowed, or sent when another transaction comes: two that are both alive would both be paid. */
  private async holdBack(call: RpcCall): Promise<Fault> {
    const sent = sentIn(call);
    if (this.held.length > 0 && this.random.chance(0.5)) await this.letGo();
    this.held.push(sent);
    return this.random.chance(0.5) ? { kind: 'cut' } : { kind: 'answer', result: sent.signature };
  }
}
