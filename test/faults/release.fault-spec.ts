import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { type DatabaseGate, holdAttempts } from '../support/proxies/database-gate.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile, type Outcome } from '../support/worlds/payout-world.js';
import { expectReleasedOnce, ReleaseWorld } from '../support/worlds/release-world.js';
import { claimable, type Market, openMarket, paidOutOf, UNLOCK } from '../support/builders/releases.js';
import type { Reward } from '../support/builders/rewards.js';
import {
  firstOf,
  honest,
  on,
  onFirstSendOf,
  onNth,
  sentIn,
  showsConfirmed,
} from '../support/proxies/rpc-faults.js';
import type { FaultPlan } from '../support/proxies/rpc-proxy.js';
import { balanceOf } from '../support/builders/wallets.js';

/**
 * A process that is killed in the middle of a release, and another one that finds what it left. Each release has a
 * commitment of its own, so the later kills hit while the earlier ones are being finished.
 */

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;
let all: Reward[];

beforeAll(async () => {
  // Slow enough that a blockhash outlives a restart: what is paid afterwards is paid with the stored bytes.
  chain = await startTestChain({ slotMs: 200 });
  world = await ReleaseWorld.open(file, chain);
  market = await openMarket(world.host(), world.feed);
  all = await Promise.all(BOUNDARIES.map(make));
});
afterAll(() => chain?.stop());

function make(): Promise<Reward> {
  return claimable(world.host(), market, { lamports: 5n * UNLOCK });
}

/** Whatever an earlier attempt at a test has left: a running process, an honest chain and a commitment that nobody has touched. */
async function anew(index: number): Promise<void> {
  world.payouts.rpc.plan = honest;
  await world.payouts.start();
  all[index] = await make();
}

type Release = () => Promise<Outcome>;

/** What the killed process leaves in the ledger, and how it gets killed there. */
interface Boundary {
  readonly when: string;
  readonly leaves: string;
  readonly kill: (release: Release, made: Reward) => Promise<Outcome>;
}

/** The process dies in an RPC call. */
function inCall(plan: (escrow: string) => FaultPlan): Boundary['kill'] {
  return (release, { escrow }) => {
    world.payouts.rpc.plan = plan(escrow);
    return release();
  };
}

async function gated<T>(from: string, to: string, work: (gate: DatabaseGate) => Promise<T>): Promise<T> {
  const gate = await holdAttempts(world.payouts.databaseUrl, from, to);
  try {
    return await work(gate);
  } finally {
    await gate.open();
    await world.payouts.query('DROP FUNCTION test_gate CASCADE', []);
  }
}

/** The process dies while it books that the attempt goes from one status to another. */
function whileBooking(from: string, to: string): Boundary['kill'] {
  return (release) =>
    gated(from, to, async (gate) => {
      const answer = release();
      await gate.reached();
      await world.payouts.crash();
      return answer;
    });
}

/** The confirmation is booked, and the answer sent. */
function afterBooking(release: Release): Promise<Outcome> {
  return gated('confirmed', 'finalized', async () => {
    const { status } = await release();
    await world.payouts.crash();
    return { status: status === 200 ? 0 : status };
  });
}

const crash = () => world.payouts.crashNow();

function whenConfirmed(escrow: string): FaultPlan {
  let sent = '';
  const remember = onFirstSendOf(escrow, (call) => {
    sent = sentIn(call).signature;
    return undefined;
  });
  const judge = (result: unknown) => (showsConfirmed(result) ? crash() : undefined);
  return firstOf(
    remember,
    on('getSignatureStatuses', (_, { params }) =>
      (params[0] as readonly string[]).includes(sent) ? { kind: 'after', judge } : undefined,
    ),
  );
}

const COMMON: readonly Boundary[] = [
  {
    when: 'with the message prepared and not signed',
    leaves: 'in_flight: prepared',
    kill: whileBooking('prepared', 'signed'),
  },
  {
    when: 'after the signature is recorded and before it is sent',
    leaves: 'in_flight: signed',
    kill: inCall((escrow) => onFirstSendOf(escrow, crash)),
  },
  {
    when: 'after it is sent and before the answer',
    leaves: 'in_flight: signed',
    kill: inCall((escrow) => onFirstSendOf(escrow, () => ({ kind: 'after', judge: crash }))),
  },
  {
    when: 'when the chain has confirmed it and nobody has heard of it',
    leaves: 'in_flight: signed',
    kill: inCall(whenConfirmed),
  },
];

const RARER: readonly Boundary[] = [
  {
    when: 'after the decision and before anything is prepared',
    leaves: 'pending',
    kill: inCall(() => onNth('getLatestBlockhash', 1, crash)),
  },
  {
    when: 'while the confirmation is booked',
    leaves: 'in_flight: signed',
    kill: whileBooking('signed', 'confirmed'),
  },
  { when: 'after the confirmation is booked', leaves: 'confirmed: confirmed', kill: afterBooking },
];

const BOUNDARIES = [...COMMON, ...(LONG ? RARER : [])];

/** By place: what `beforeAll` makes is not there yet when the tests are named. */
const CASES = BOUNDARIES.map((boundary, index) => [boundary.when, boundary, index] as const);

function madeFor(index: number): Reward {
  const made = all[index];
  if (made === undefined) throw new Error(`there is no commitment for boundary ${index}`);
  return made;
}

describe('kill -9 in the middle of a release', () => {
  it.for(CASES)(
    'M5: killed %s, and refused while the next process finishes it',
    async ([, { leaves, kill }, index], { task }) => {
      if ((task.result?.retryCount ?? 0) > 0) await anew(index);
      const [{ payouts }, made] = [world, madeFor(index)];
      // These gates and counts would also meet what is still being finished.
      if (index >= COMMON.length) await Promise.all(all.slice(0, index).map(untilClosed));
      const admin = await world.signIn();
      expect(await kill(() => world.release(admin, made, made.milestoneId), made)).toEqual({ status: 0 });
      expect(await world.ledger(made.milestoneId)).toBe(leaves);
      expect(await world.hasLock(made.milestoneId)).toBe(!leaves.startsWith('confirmed'));
      payouts.rpc.plan = honest;
      await payouts.start();
      const again = await world.release(await world.signIn(), made, made.milestoneId);
      expect([again.status, again.code]).toEqual([
        409,
        expect.stringMatching(/^(release_in_progress|already_released)$/),
      ]);
    },
  );

  it.for(CASES)('M1-M6: killed %s, and paid exactly once', async ([, , index]) => {
    const made = madeFor(index);
    await expectReleasedOnce(world, made, made.milestoneId);
    expect(await world.show(made)).toMatchObject({ status: 'completed' });
    const [paid, ...others] = await paidOutOf(world.host(), made);
    expect(others).toEqual([]);
    const left = 4n * UNLOCK - (paid?.feeLamports ?? 0n);
    expect(await balanceOf(chain.rpcUrl, made.escrow)).toBe(left);
  });
});

function untilClosed({ milestoneId }: Reward): Promise<string> {
  return world.untilLedger(milestoneId, /^finalized/);
}
