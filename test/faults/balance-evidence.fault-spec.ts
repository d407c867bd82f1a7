import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '../../src/local/chain.js';
import { startTestChain } from '../support/localnet.js';
import { LONG } from '../support/long.js';
import { lifeOfFile } from '../support/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { expectReleasedOnce, ReleaseWorld } from '../support/release-world.js';
import { claimable, type Market, openMarket, paidOutOf, UNLOCK } from '../support/releases.js';
import {
  denyHistory,
  denyStatuses,
  denyTransactions,
  dropFirstTransaction,
  firstOf,
  honest,
} from '../support/rpc-faults.js';
import { balanceOf } from '../support/wallets.js';

/** Releases out of escrows that could pay twice, behind an endpoint that denies them in every way it can be asked. */

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;

beforeAll(async () => {
  // A blockhash is surely over within some five seconds.
  chain = await startTestChain({ slotMs: 25 });
  world = await ReleaseWorld.open(file, chain, { env: { PAYOUT_WAIT_SECONDS: '1' } });
  market = await openMarket(world.host(), world.feed);
});
afterAll(() => chain?.stop());

const PLENTY = 5n * UNLOCK;

describe('a release that landed, and that the only endpoint denies', () => {
  it('M1, M16: is not paid again: what is missing in the escrow speaks, and an alarm is raised once', async () => {
    const { rpc } = world.payouts;
    const made = await claimable(world.host(), market, { lamports: PLENTY });
    rpc.plan = firstOf(denyStatuses(rpc), denyTransactions(rpc), denyHistory(rpc));
    const answer = await world.release(await world.signIn(), made, made.milestoneId);
    expect(answer.status).toBe(202);
    const alarms = () =>
      world.payouts.query<{ reason: string; signature: string }>(
        `SELECT fields->>'reason' AS reason, signature FROM public.audit_logs
          WHERE event = 'payout_balance_contradiction_error' AND commitment_id = $1`,
        [made.id],
      );
    const [alarm] = await pollUntil(
      'the alarm',
      async () => ((await alarms()).length > 0 ? alarms() : undefined),
      { deadlineMs: 60_000 },
    );
    const left = await balanceOf(chain.rpcUrl, made.escrow);
    expect(alarm?.reason).toContain(`holds ${left} lamports where at least ${PLENTY} would be left`);
    const asked = rpc.calls.length;
    await pollUntil('some more rounds', () => rpc.calls.length > asked + 60 || undefined);
    expect(await world.ledger(made.milestoneId)).toBe('in_flight: signed');
    expect(await paidOutOf(world.host(), made)).toMatchObject([
      { signature: alarm?.signature, lamports: UNLOCK },
    ]);
    expect(await balanceOf(chain.rpcUrl, made.escrow)).toBe(left);
    rpc.plan = honest;
    await expectReleasedOnce(world, made, made.milestoneId);
    expect(await alarms()).toHaveLength(1);
  });
});

describe('a release that never landed', () => {
  it.runIf(LONG)('M2, M16: is replaced although another payout has left the escrow meanwhile', async () => {
    const { rpc } = world.payouts;
    const made = await claimable(world.host(), market, { lamports: PLENTY });
    const admin = await world.signIn();
    rpc.calls.splice(0);
    rpc.plan = dropFirstTransaction(rpc);
    expect((await world.release(admin, made, made.milestoneId)).status).toBe(202);
    const pause = { scope: 'purpose', purpose: 'milestone_release', reason: 'the other one first' };
    const { body } = await admin.post<{ id: string }>('/admin/pauses', pause);
    await world.untilLedger(made.milestoneId, /^pending: dead$/);
    // As its use case would write it.
    const [other] = await world.payouts.query<{ id: string }>(
      `INSERT INTO public.payouts (id, commitment_id, purpose, business_key, source, destination, amount_lamports, drain,
                                   next_run_at, requested_by, created_at)
       VALUES (gen_random_uuid(), $1, 'stray_forward', 'test', $2, $3, $4, false, now(), 'test', now()) RETURNING id`,
      [made.id, made.escrow, made.creator.address, UNLOCK.toString()],
    );
    await pollUntil('the other payout', async () => {
      const sql = `SELECT 1 FROM public.payouts WHERE id = $1 AND status = 'finalized'`;
      return (await world.payouts.query(sql, [other?.id]))[0];
    });
    await admin.delete(`/admin/pauses/${body.id}`);
    await world.untilLedger(made.milestoneId, /^finalized: dead, finalized$/);
    expect(await paidOutOf(world.host(), made)).toHaveLength(2);
  });
});
