import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attested, succeed, unattested } from '../../support/builders/personal.js';
import { claimable, type Market, openMarket } from '../../support/builders/releases.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { finalize } from '../../support/builders/sweeps.js';
import { balanceOf } from '../../support/builders/wallets.js';
import { runAtTerminal } from '../../support/processes/ops-command.js';
import { SignedInOps } from '../../support/processes/signed-in-ops.js';
import { skipNote } from '../../support/processes/system-programs.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

const note = skipNote('script');
/** No job runs here, and every replica writes that down when it notices. */
const OVERDUE = ['audit_logs'];
let started: Awaited<ReturnType<typeof startRewardWorld>>;
let world: AppWorld;
let market: Market;
let ops: SignedInOps;

beforeAll(async () => {
  started = await startRewardWorld();
  ({ world } = started);
  market = await openMarket(world, started.feed);
  ops = new SignedInOps(world.url, world.admin);
  await ops.login();
});
afterAll(async () => {
  ops?.remove();
  await started?.stop();
});

/** What a command says that it would do; nothing is written, and nobody is asked. */
async function wouldDo(...args: string[]): Promise<string> {
  const before = await world.rowsDigest(OVERDUE);
  const { code, out, err } = await ops.run(...args, '--dry-run');
  expect([code, err], args.join(' ')).toEqual([0, '']);
  expect(out).toContain('Nothing was done.');
  expect(await world.rowsDigest(OVERDUE), args.join(' ')).toEqual(before);
  return out;
}

describe('a command that moves money', () => {
  it('says with --dry-run what it would pay to whom, and the text to sign', async () => {
    const made = await attested(world);
    const text = await wouldDo('commitments', 'success', made.id);
    expect(text).toMatch(
      new RegExp(
        `^Pay all that escrow ${made.escrow.address} holds \\(2 SOL at .*\\) to ${made.authority.address}`,
      ),
    );
    expect(text).toContain('admin.commitment.success');
    const filed = await wouldDo('commitments', 'failure', made.id, '--reason', 'not delivered');
    expect(filed).toMatch(/^File the failure of commitment .* goes to \w{32,44}\./);

    const release = await claimable(world, market, { lamports: 3_000_000_000n });
    expect(await wouldDo('rewards', 'release', release.id, release.milestoneId)).toMatch(
      new RegExp(
        `^Pay [\\d.]+ SOL out of escrow ${release.escrow} to ${market.creator.address}, for milestone "Part 1"\\.`,
      ),
    );
    expect(await wouldDo('commitments', 'failure', release.id)).toMatch(
      new RegExp(
        `^Announce the failure of commitment ${release.id}: .* escrow ${release.escrow} holds \\(3 SOL`,
      ),
    );
  });

  it('is refused where nobody can confirm it, and does nothing', async () => {
    const made = await attested(world);
    const before = await world.rowsDigest(OVERDUE);
    const { code, err } = await ops.run('commitments', 'success', made.id);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^Pay all that escrow .* to .*\nNobody is there to confirm this\. .*--dry-run.*--yes/,
    );
    expect(await world.rowsDigest(OVERDUE)).toEqual(before);
    const paid = await ops.run('commitments', 'success', made.id, '--yes');
    expect([paid.code, await balanceOf(world.chain.rpcUrl, made.escrow.address)]).toEqual([0, 0n]);
    expect(paid.err).toMatch(
      new RegExp(
        `1\\.9+\\d* SOL to ${made.authority.address}: payout \\S+ is (confirmed|finalized), \\w+\\.\\n$`,
      ),
    );
  });

  it.skipIf(note !== '')(`asks at a terminal, and takes yes alone for yes${note}`, async () => {
    const made = await attested(world);
    const command = ['commitments', 'success', made.id, '--session', ops.session];
    const refused = await runAtTerminal(ops.folder, command, 'y\n');
    expect(refused.out).toMatch(
      /Pay all that escrow [^]*Type yes to do it: [^]*Not confirmed\. Nothing was done\./,
    );
    expect(refused.code).toBe(1);
    expect(await balanceOf(world.chain.rpcUrl, made.escrow.address)).toBe(2_000_000_000n);
    const paid = await runAtTerminal(ops.folder, command, 'yes\n');
    expect(paid.code, paid.out).toBe(0);
    expect(await balanceOf(world.chain.rpcUrl, made.escrow.address)).toBe(0n);
  });

  it('names what is stray, what a pause keeps, and what a stopped payout owes', async () => {
    const admin = await world.adminClient();
    const settled = await attested(world);
    await succeed(admin, settled.id);
    await finalize(world, { id: settled.id });
    await world.chain.cheats.fundSol(settled.escrow.address, 3_000_000n);
    expect(await wouldDo('stray', 'forward', settled.id)).toMatch(
      new RegExp(
        `^Pay 0\\.003 SOL, all that is stray in escrow ${settled.escrow.address}, to ${settled.authority.address}\\.`,
      ),
    );

    const { body: pause } = await admin.act<{ id: string }>('admin.pause.create', {
      scope: 'all',
      reason: 'a look',
    });
    const waiting = await attested(world);
    const { id } = (await succeed(admin, waiting.id)).body.payout;
    const text = await wouldDo('pauses', 'end', pause.id);
    expect(text).toMatch(/^End pause \S+ \(a look\)\. 1 payout waits for pauses, 1\.9+\d* SOL together\.\n/);
    expect(text).toContain(` to ${waiting.authority.address} (payout ${id})`);
    await world.sql(
      `SET session_replication_role = replica; UPDATE payouts SET status = 'stopped', failures = 3 WHERE id = '${id}'`,
    );
    expect(await wouldDo('payouts', 'retry', id)).toMatch(
      new RegExp(
        `^Pay it again where it is owed: 1\\.9+\\d* SOL out of ${waiting.escrow.address} to ${waiting.authority.address}; payout ${id} is stopped`,
      ),
    );
    await admin.act('admin.pause.end', { pauseId: pause.id });
  });

  it('lists what the sweep would end, by this machine’s clock', async () => {
    const made = await unattested(world);
    await world.sql(
      `SET session_replication_role = replica;
       UPDATE commitments SET deadline = '2026-01-01T00:00:00Z', terms = jsonb_set(terms, '{deadline}', '"2026-01-01T00:00:00.000Z"')
        WHERE id = '${made.id}'`,
    );
    expect(await wouldDo('commitments', 'sweep')).toMatch(
      new RegExp(
        `^End 1 commitment that passed the deadline unattested[^]*all that escrow ${made.escrow.address} holds \\(.*\\) to ${made.destinationOnFail}`,
      ),
    );
    const refused = await ops.run('commitments', 'sweep');
    expect([refused.code, refused.err]).toMatchObject([
      2,
      expect.stringContaining('Nobody is there to confirm this'),
    ]);
  });
});

describe('a command that moves none', () => {
  it('says with --dry-run what it would do, and without it does so unasked', async () => {
    expect(await wouldDo('pauses', 'create', '--reason', 'an exercise')).toMatch(
      /^Pause payouts \(all\): an exercise\./,
    );
    expect(await wouldDo('sessions', 'end', world.admin.address)).toContain(
      `End the sessions of ${world.admin.address}.`,
    );
    const paused = await ops.run('pauses', 'create', '--reason', 'an exercise');
    expect([paused.code, paused.err]).toMatchObject([
      0,
      expect.stringMatching(/^Payouts are paused \(all\) by pause/),
    ]);
    const { id } = JSON.parse(paused.out) as { id: string };
    expect((await ops.run('pauses', 'end', id, '--yes')).err).toMatch(
      /Pause \S+ is ended: what waited continues within seconds\.\n$/,
    );
  });

  it('is refused in the words of the act where it would be refused, and where it cannot be tried', async () => {
    const unknown = await ops.run('pauses', 'end', '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f', '--dry-run');
    expect([unknown.code, unknown.err]).toMatchObject([1, expect.stringContaining('pause_not_found')]);
    const untried = await ops.run('webhooks', 'enable', '--dry-run');
    expect([untried.code, untried.err]).toMatchObject([
      2,
      expect.stringContaining('takes no --dry-run; nothing was done'),
    ]);
  });
});
