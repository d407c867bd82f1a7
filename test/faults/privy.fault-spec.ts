import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { PrivyDouble } from '../support/doubles/privy-double.js';
import type { PrivyFault, PrivyRequest } from '../support/doubles/privy-request.js';
import { expectReleasedOnce, ReleaseWorld } from '../support/worlds/release-world.js';
import { claimable, openMarket, paidOutOf, UNLOCK } from '../support/builders/releases.js';
import type { Reward } from '../support/builders/rewards.js';

/**
 * What Privy does wrong while a milestone is released. Each fault has a commitment, and so a wallet, of its own: all of them
 * happen at the same time, because an attempt that is never signed takes its time to be given up.
 */

interface Case {
  readonly when: string;
  readonly fault: PrivyFault;
  /** What an operator reads meanwhile. */
  readonly waitingFor: RegExp;
  /** The answer is kept for the whole attempt, so only the next attempt can pay. */
  readonly isKept?: boolean;
  /** The answer was a lie. */
  readonly problem?: string;
}

const ALL: readonly Case[] = [
  {
    when: 'signs and never answers',
    fault: { kind: 'lost_answer' },
    waitingFor: /has not signed .*no answer in time/,
  },
  {
    when: 'signs and the connection breaks',
    fault: { kind: 'cut' },
    waitingFor: /has not signed .*no connection/,
  },
  { when: 'hangs', fault: { kind: 'hang' }, waitingFor: /has not signed .*no answer in time/ },
  {
    when: 'is rate limited',
    fault: { kind: 'status', status: 429 },
    waitingFor: /has not signed .*HTTP 429/,
  },
  { when: 'is down', fault: { kind: 'status', status: 503 }, waitingFor: /has not signed .*HTTP 503/ },
  {
    when: 'fails and keeps its failure',
    fault: { kind: 'stored_error', status: 500 },
    waitingFor: /has not signed .*HTTP 500/,
    isKept: true,
  },
  {
    when: 'answers 200 with an error',
    fault: { kind: 'error_body' },
    waitingFor: /has not signed .*an answer that cannot be used/,
    isKept: true,
  },
  {
    when: 'signs another transaction',
    fault: { kind: 'other_message' },
    waitingFor: /gave back another transaction/,
    isKept: true,
    problem: 'other_message',
  },
  {
    when: 'signs with another key',
    fault: { kind: 'wrong_signature' },
    waitingFor: /gave back a signature that is not/,
    isKept: true,
    problem: 'wrong_signature',
  },
];

/** The others differ from one of these in a status or a word. */
const SHORT = [
  'signs and never answers',
  'is down',
  'fails and keeps its failure',
  'signs another transaction',
];
const CASES = ALL.filter(({ when }) => LONG || SHORT.includes(when));

const file = lifeOfFile();
let chain: LocalChain;
let privy: PrivyDouble;
let world: ReleaseWorld;
let all: readonly Reward[];
/** Wallets of whom Privy signs as it should again: when an operator has read why they were waited for. */
const mended = new Set<string>();
/** On a slow machine a message may die before it is signed. */
const WHENEVER = '(abandoned, )*finalized';

beforeAll(async () => {
  // A blockhash lives for 15 seconds: longer than Privy is waited for, and over before an unsigned attempt is given up.
  chain = await startTestChain({ slotMs: 100 });
  privy = await PrivyDouble.start();
  const env = { ...privy.env, PAYOUT_WAIT_SECONDS: '60' };
  world = await ReleaseWorld.open(file, chain, { env });
  const host = world.host();
  const market = await openMarket(host, world.feed);
  // Enough for every payment to happen twice.
  all = await Promise.all([...CASES, 'killed'].map(() => claimable(host, market, { lamports: 5n * UNLOCK })));
  const plans = new Map(all.map(({ escrow }, index) => [privy.walletOf(escrow).id, CASES[index]]));
  privy.plan = ({ walletId = '', idempotencyKey }) => {
    const plan = plans.get(walletId);
    const isFaulty = plan?.isKept ? idempotencyKey?.endsWith(':1') : !mended.has(walletId);
    return isFaulty ? plan?.fault : undefined;
  };
});
afterAll(async () => {
  await chain?.stop();
  await privy?.stop();
});

interface Paid {
  readonly id: string;
  readonly waitingFor: string | null;
}

async function payoutOf(milestoneId: string): Promise<Paid | undefined> {
  const [row] = await world.payouts.query<Paid>(
    'SELECT id, waiting_for AS "waitingFor" FROM public.payouts WHERE subject_id = $1',
    [milestoneId],
  );
  return row;
}

function untilWaitingFor(milestoneId: string, wanted: RegExp): Promise<string> {
  return pollUntil(`${milestoneId} to wait for ${String(wanted)}`, async () => {
    const text = (await payoutOf(milestoneId))?.waitingFor ?? '';
    return wanted.test(text) ? text : undefined;
  });
}

/** Asked for one attempt after the other, each by a key of its own and always with the same transaction. */
async function expectStableKeys({ escrow, milestoneId }: Reward): Promise<PrivyRequest[]> {
  const { id } = (await payoutOf(milestoneId)) ?? {};
  const signings = privy.signings(privy.walletOf(escrow).id);
  const rows = await world.payouts.query<{ number: number }>(
    'SELECT number FROM public.payout_attempts WHERE payout_id = $1 ORDER BY number',
    [id],
  );
  const keys = [...new Set(signings.map(({ idempotencyKey }) => idempotencyKey))];
  expect(keys).toEqual(rows.map(({ number }) => `${id}:${number}`));
  const bodies = new Set(signings.map(({ body }) => JSON.stringify(body)));
  expect(bodies.size).toBe(keys.length);
  return signings;
}

describe.concurrent('a release while Privy', () => {
  it.for(CASES.map((one, index) => [one.when, one, index] as const))(
    'M17: %s is paid exactly once, by the key of its attempt',
    async ([, { waitingFor, isKept = false, problem }, index], { expect }) => {
      const made = all[index];
      if (made === undefined) throw new Error('unreachable');
      const answer = world.release(await world.signIn(), made, made.milestoneId);
      const waiting = await untilWaitingFor(made.milestoneId, waitingFor);
      expect(waiting).not.toContain('UPSTREAM-WORDS');
      mended.add(privy.walletOf(made.escrow).id);
      expect(await answer).toMatchObject({ status: 200 });
      await expectReleasedOnce(world, made, made.milestoneId, isKept ? 'abandoned, finalized' : WHENEVER);
      expect(await paidOutOf(world.host(), made)).toHaveLength(1);
      expect((await expectStableKeys(made)).length).toBeGreaterThan(1);
      const alarms = await world.payouts.query<{ fields: object }>(
        `SELECT fields FROM public.audit_logs WHERE event = 'custody_answer_error' AND commitment_id = $1`,
        [made.id],
      );
      const alarm = { attempt: 1, escrow: made.escrow, problem };
      expect(alarms).toEqual(problem === undefined ? [] : [{ fields: alarm }]);
    },
  );
});

describe('a process that is killed while Privy signs', () => {
  it.runIf(LONG)('M5, M17: is replaced by one that asks with the same key', async () => {
    const made = all[CASES.length];
    if (made === undefined) throw new Error('unreachable');
    const wallet = privy.walletOf(made.escrow).id;
    privy.plan = () => {
      if (privy.signings(wallet).length > 1) return undefined;
      void world.payouts.crash();
      return { kind: 'lost_answer' };
    };
    const admin = await world.signIn();
    expect(await world.release(admin, made, made.milestoneId)).toEqual({ status: 0 });
    expect(await world.ledger(made.milestoneId)).toBe('in_flight: prepared');
    await world.payouts.start();
    await expectReleasedOnce(world, made, made.milestoneId);
    expect(await expectStableKeys(made)).toHaveLength(2);
    expect(privy.wallets).toHaveLength(all.length);
  });
});
