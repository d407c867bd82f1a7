import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { LONG } from '../support/long.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { expectReleasedOnce, ReleaseWorld } from '../support/worlds/release-world.js';
import { claimable, type Market, openMarket, paidOutOf, UNLOCK } from '../support/builders/releases.js';
import {
  denyHistory,
  denyStatuses,
  denyTransactions,
  dropFirstTransaction,
  firstOf,
  honest,
} from '../support/proxies/rpc-faults.js';
import { completed, holder, signal, TOKEN } from '../support/builders/rewards.js';
import { claim } from '../support/builders/failures.js';
import { balanceOf, TestWallet } from '../support/builders/wallets.js';

/** Releases out of escrows that could pay twice, behind an endpoint that denies them in every way it can be asked. */

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;

beforeAll(async () => {
  // A blockhash is surely over within some five seconds.
  chain = await startTestChain({ slotMs: 80 });
  const treasury = TestWallet.generate().address;
  world = await ReleaseWorld.open(file, chain, {
    env: { PAYOUT_WAIT_SECONDS: '1', FAILURE_TREASURY_BPS: '1000', FAILURE_TREASURY_PUBKEY: treasury },
  });
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
    const [alarm] = await pollUntil('the alarm', async () =>
      (await alarms()).length > 0 ? alarms() : undefined,
    );
    const left = await balanceOf(chain.rpcUrl, made.escrow);
    expect(alarm?.reason).toContain(`holds ${left} lamports. Without it at least ${PLENTY} would be left`);
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
    const host = world.host();
    const made = await completed(host, market);
    const voter = await holder(host, market, 100n * TOKEN);
    await signal(host, voter, made);
    await chain.cheats.fundSol(made.escrow, PLENTY);
    const admin = await world.signIn();
    const paused = async (purpose: string) => {
      const params = { scope: 'purpose', purpose, reason: 'one after the other' };
      return (await admin.act<{ id: string }>('admin.pause.create', params)).body.id;
    };
    const until = (payoutId: string, wanted: string) =>
      pollUntil(`payout ${payoutId} to be ${wanted}`, async () => {
        const [row] = await world.payouts.query<{ ledger: string }>(
          `SELECT concat_ws(': ', p.status, string_agg(a.status, ', ' ORDER BY a.number)) AS ledger
             FROM public.payouts p LEFT JOIN public.payout_attempts a ON a.payout_id = p.id
            WHERE p.id = $1 GROUP BY p.id`,
          [payoutId],
        );
        return row?.ledger === wanted || undefined;
      });
    const treasuryPause = await paused('failure_treasury');
    const other = await world.failed(admin, made);
    rpc.calls.splice(0);
    rpc.plan = dropFirstTransaction(rpc);
    const { status, body } = await claim(world.client(), voter, made);
    expect(status).toBe(202);
    const claimPause = await paused('distribution_claim');
    await until(body.payout.id, 'pending: dead');
    await admin.act('admin.pause.end', { pauseId: treasuryPause });
    await until(other, 'finalized: finalized');
    await admin.act('admin.pause.end', { pauseId: claimPause });
    await until(body.payout.id, 'finalized: dead, finalized');
    const memos = (await paidOutOf(host, made)).map(({ memo }) => memo);
    expect(memos).toEqual([other, body.payout.id]);
  });
});
