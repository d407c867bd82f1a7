import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEMO_PROGRAM } from '#src/chain/signing/transfer-transaction.js';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { sendInstructions } from '#src/local/chain/send-transaction.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, release, UNLOCK } from '../../support/builders/releases.js';
import type { Reward } from '../../support/builders/rewards.js';
import { stealFrom } from '../../support/builders/stolen-key.js';
import { balanceOf, fundedWallet, transferSol } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';

/** What stands in an escrow's own history is looked at before each of its payouts. */
let bench: ReleaseBench;

beforeAll(async () => {
  bench = await ReleaseBench.start();
  await restart();
});
afterAll(async () => {
  await bench?.stop();
});

/** What a process has seen lately it does not look at again: a new one does. */
const restart = () => bench.restart({ PAYOUT_WAIT_SECONDS: '2' });
const drive = () => bench.world.app.get(PayoutDriver).runOnce();
const calls = (method: string) => bench.rpc.calls.filter((call) => call.method === method).length;

async function twoMilestones(): Promise<Reward> {
  const made = await claimable(bench.world, bench.market, { milestones: 2 });
  await transferSol(
    bench.world.chain.rpcUrl,
    await fundedWallet(bench.world.chain),
    made.escrow,
    4n * UNLOCK,
  );
  return made;
}

async function released(made: Reward, milestoneId: string | undefined): Promise<void> {
  await release(bench.admin, made, milestoneId);
  await untilFinal(milestoneId);
}

async function untilFinal(milestoneId: string | undefined): Promise<void> {
  await pollUntil('the release to be final', async () => {
    await drive();
    const [row] = await bench.world.sql<{ status: string }>(
      'SELECT status FROM payouts WHERE subject_id = $1',
      [milestoneId],
    );
    return row?.status === 'finalized' || undefined;
  });
}

async function untilOpened({ escrow }: Reward): Promise<void> {
  await pollUntil("strangers' transactions to be opened", async () => {
    const [row] = await bench.world.sql<{ left: number }>(
      `SELECT count(*)::int AS left FROM escrow_transactions t
        WHERE escrow = $1 AND opened_at IS NULL AND NOT EXISTS (SELECT 1 FROM payout_attempts a WHERE a.signature = t.signature)`,
      [escrow],
    );
    return row?.left === 0 || undefined;
  });
}

async function dust({ escrow }: Reward, count: number, memo?: string): Promise<void> {
  const stranger = await fundedWallet(bench.world.chain);
  const said = (nth: number) =>
    new TransactionInstruction({
      programId: MEMO_PROGRAM,
      keys: [],
      data: Buffer.from(memo ?? `dust ${nth}`),
    });
  const drop = (nth: number) =>
    SystemProgram.transfer({
      fromPubkey: stranger.keypair.publicKey,
      toPubkey: new PublicKey(escrow),
      lamports: nth + 1,
    });
  const one = (nth: number) => sendInstructions(bench.world.chain.rpcUrl, stranger, [drop(nth), said(nth)]);
  await Promise.all(Array.from({ length: count }, (_, nth) => one(nth)));
}

describe('a stolen key', () => {
  it('T9: an outflow that the ledger does not know stops its escrow, once, until an admin has looked', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    await untilOpened(made);
    const theft = await stealFrom(bench.world, made, 'a theft', UNLOCK / 2n);
    const left = await balanceOf(bench.world.chain.rpcUrl, made.escrow);
    await restart();

    expect((await release(bench.admin, made, second)).status).toBe(202);
    const alarms = () =>
      bench.world.sql<{ signature: string; lamports: number }>(
        `SELECT signature, (fields->>'lamports')::bigint::int AS lamports FROM audit_logs
          WHERE event = 'escrow_unknown_outflow_error' AND commitment_id = $1`,
        [made.id],
      );
    await pollUntil('the alarm', async () => {
      await drive();
      return (await alarms())[0];
    });
    expect(await alarms()).toEqual([{ signature: theft, lamports: Number(UNLOCK / 2n) + 5_000 }]);
    expect(await balanceOf(bench.world.chain.rpcUrl, made.escrow)).toBe(left);
    const pause = await pollUntil('the pause', async () => {
      const { body } = await bench.admin.get<{
        items: { id: string; commitmentId?: string; reason: string }[];
      }>('/admin/pauses');
      return body.items.find(({ commitmentId }) => commitmentId === made.id);
    });
    expect(pause.reason).toContain(`transaction ${theft} was signed with the escrow's key`);

    await bench.admin.act('admin.pause.end', { pauseId: pause.id });
    await untilFinal(second);
    expect(await alarms()).toHaveLength(1);
  });

  it('T9: one with the memo of a pending payout that pays somebody else is no payment of it', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    await untilOpened(made);
    const memo = payoutIdOf({
      commitmentId: made.id,
      purpose: 'milestone_release',
      subject: second ?? '',
      part: 0,
    });
    const theft = await stealFrom(bench.world, made, memo, UNLOCK);
    await restart();
    expect((await release(bench.admin, made, second)).status).toBe(202);
    const [alarm] = await pollUntil('the alarm', async () => {
      await drive();
      const rows = await bench.world.sql<{ signature: string }>(
        `SELECT signature FROM audit_logs WHERE event = 'escrow_unknown_outflow_error' AND commitment_id = $1`,
        [made.id],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(alarm?.signature).toBe(theft);
    const [payout] = await bench.world.sql<{ status: string }>('SELECT status FROM payouts WHERE id = $1', [
      memo,
    ]);
    expect(payout?.status).toBe('pending');
  });
});

describe('dust of a stranger', () => {
  it('R3: stops nothing and costs one page, also where nobody can be asked what it was', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    await untilOpened(made);
    await dust(made, 30);
    await restart();
    bench.rpc.calls.splice(0);
    bench.rpc.plan = ({ method }) =>
      method === 'getTransaction' ? { kind: 'status', status: 429 } : undefined;
    await released(made, second);
    bench.rpc.plan = () => undefined;
    expect(calls('getSignaturesForAddress')).toBe(1);
    expect(await paidOutOf(bench.world, made)).toHaveLength(2);
  });

  it('R3: with a forged memo of ours is opened, and is money that comes in', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    const name = { commitmentId: made.id, purpose: 'milestone_release', part: 0 } as const;
    await dust(made, 12, payoutIdOf({ ...name, subject: second ?? '' }));
    await restart();
    await released(made, second);
    const signers = await bench.world.sql<{ memo: boolean; signed: boolean; n: number }>(
      `SELECT names_payout AS memo, is_signer AS signed, count(*)::int AS n FROM escrow_transactions
        WHERE escrow = $1 AND is_signer IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
      [made.escrow],
    );
    expect(signers).toContainEqual({ memo: true, signed: false, n: 12 });
    expect(await paidOutOf(bench.world, made)).toHaveLength(2);
  });
});

describe('an ordinary release', () => {
  it('costs one call more than it would without the look', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    await untilOpened(made);
    await restart();
    bench.rpc.calls.splice(0);
    await released(made, second);
    expect([calls('getSignaturesForAddress'), calls('getTransaction')]).toEqual([1, 0]);
  });

  it('T5: waits, and says why, while the node does not show what it showed before', async () => {
    const made = await twoMilestones();
    const [first, second] = made.milestoneIds;
    await released(made, first);
    await restart();
    bench.rpc.plan = ({ method }) =>
      method === 'getSignaturesForAddress' ? { kind: 'answer', result: [] } : undefined;
    const { status, body } = await release(bench.admin, made, second);
    expect(status).toBe(202);
    const [row] = await bench.world.sql<{ reason: string }>(
      'SELECT waiting_for AS reason FROM payouts WHERE id = $1',
      [body.payout?.id],
    );
    expect(row?.reason).toMatch(/^history_incomplete: .* does not show transaction/);
    bench.rpc.plan = () => undefined;
    await untilFinal(second);
  });
});
