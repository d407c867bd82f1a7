import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { runCampaign, type Told } from '../support/campaign/campaign.js';
import { countsOf, type Frame } from '../support/campaign/plan.js';
import { reckon, type Reckoned } from '../support/campaign/reckoning.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';
import { runOps } from '../support/processes/ops-command.js';
import { diskNote } from '../support/processes/small-disk.js';
import { skipNote } from '../support/processes/system-programs.js';
import { startTestChain } from '../support/worlds/localnet.js';

/**
 * Everything fails at once, as a seed wants it, while people use the service; afterwards every lamport is counted. The same seed is
 * the same plan: CTS_FAULTS_SEED repeats it, CTS_FAULTS_SECONDS says for how long, CTS_FAULTS_ONLY=rpc-1.lie,kill leaves all other
 * faults out, so that a failing plan shrinks to what it needs.
 */
const SEED = Number(process.env['CTS_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const SECONDS = Number(process.env['CTS_FAULTS_SECONDS'] ?? (LONG ? 1_800 : 10));
const ONLY = (process.env['CTS_FAULTS_ONLY'] ?? '').split(',').filter((name) => name !== '');
const FRAME: Frame = {
  seconds: SECONDS,
  replicas: LONG ? 3 : 2,
  ownServer: LONG && diskNote === '' && skipNote('initdb', 'postgres', 'pg_basebackup') === '',
  storyEverySeconds: LONG ? 4 : 2,
  only: ONLY,
};

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 100 });
});
afterAll(() => chain?.stop());

/** What `ops audit verify` says of the log and of the rows that it is about. */
async function auditFaults({ world }: Told): Promise<string[]> {
  const sealed = `SELECT (SELECT count(*) FROM audit_logs)::int + (SELECT count(*) FROM audit_changes)::int
    - (SELECT coalesce(sum(row_count), 0) FROM audit_seals)::int AS open`;
  await pollUntil('everything to be sealed', async () => {
    await world.query(`UPDATE public.jobs SET next_run_at = now() WHERE name = 'audit-seal'`);
    return (await world.query<{ open: number }>(sealed))[0]?.open === 0;
  });
  const folder = mkdtempSync(join(tmpdir(), 'cts-verify-'));
  const env = { DATABASE_URL: world.database.url, ESCROW_DB_SECRET: world.secret };
  const { code, out, err } = await runOps(folder, ['audit', 'verify'], env);
  rmSync(folder, { recursive: true, force: true });
  return code === 0 ? [] : [`audit verify: ${out} ${err}`, ...(await sealedRows(world, out))];
}

/** The rows that were found, and the seals around them. */
async function sealedRows(world: Told['world'], verification: string): Promise<string[]> {
  const { listed } = JSON.parse(verification) as {
    listed: { rowId: string | null; sealId: string | null }[];
  };
  const ids = listed.flatMap(({ rowId }) => rowId ?? []);
  const rows = await world.query(
    `SELECT id, txid, ts, event AS what FROM public.audit_logs WHERE id = ANY($1::bigint[])
     UNION ALL SELECT id, txid, ts, table_name FROM public.audit_changes WHERE id = ANY($1::bigint[])`,
    [ids],
  );
  const seals = await world.query(
    `SELECT id, from_txid, to_txid, next_txid, opened_at, sealed_at, from_id, floor_id, max_id, drained, row_ids[1] AS first, row_count
       FROM public.audit_seals ORDER BY id`,
  );
  return [...rows, ...seals].map((row) => JSON.stringify(row));
}

/** What reconciliation finds. */
async function ledgerFaults({ crowd }: Told): Promise<string[]> {
  const faults: string[] = [];
  for (const kind of ['escrow_balances', 'admin_actions']) {
    const run = await crowd.insistAsAdmin(`reconciliation of ${kind}`, (admin) =>
      admin.post<{ findings: number; items: readonly { finding: boolean }[] }>('/admin/reconciliations', {
        kind,
      }),
    );
    if ('refused' in run) faults.push(`reconciliation of ${kind}: ${run.refused}`);
    else if (run.body.findings > 0)
      faults.push(`${kind}: ${JSON.stringify(run.body.items.filter(({ finding }) => finding))}`);
  }
  return faults;
}

function tellCounts(
  { plan, done, crowd, moves, world }: Told,
  reckoned: readonly Reckoned[],
  wrong: number,
): void {
  const sum = (of: (one: Reckoned) => bigint | number) =>
    reckoned.reduce((all, one) => all + BigInt(of(one)), 0n).toString();
  const answers = [...crowd.answers]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map((pair) => pair.join(': '));
  const vain = world.replicas.reduce((all, { startsInVain }) => all + startsInVain, 0);
  process.stderr.write(
    `seed ${plan.seed}, ${SECONDS} s: ${plan.stories.length} stories, ${done.length} faults, ${moves} moves of states\n` +
      `  faults   ${countsOf(done)}; ${vain} starts in vain\n` +
      `  answers  ${answers.join(', ')}\n` +
      `  money    ${reckoned.length} promises, ${sum((one) => one.payouts)} payouts, ${sum((one) => one.attempts)} attempts, ` +
      `${sum((one) => one.paid)} lamports paid, ${sum((one) => one.owed)} owed, ${sum((one) => one.fees)} of fees, ` +
      `${sum((one) => one.left)} left in escrows\n` +
      `  ${wrong} violated invariants\n`,
  );
}

describe(`M1-M20, N1-N8, T1-T9: everything fails at once, seed ${SEED}`, () => {
  it(
    'and every promised lamport is paid exactly once or still owed, nothing moves backwards, and nothing waits in silence',
    { timeout: SECONDS * 1_000 + 1_200_000 },
    async (test) => {
      process.stderr.write(`CTS_FAULTS_SEED=${SEED} CTS_FAULTS_SECONDS=${SECONDS}\n`);
      const told = await runCampaign(test, chain, SEED, FRAME);
      const reckoned: Reckoned[] = [];
      for (const promised of told.promised) reckoned.push(await reckon(told.world, promised));
      const wrong = [
        ...told.wrong,
        ...reckoned.flatMap((one) => one.wrong),
        ...(await ledgerFaults(told)),
        ...(await auditFaults(told)),
      ];
      tellCounts(told, reckoned, wrong.length);
      expect(wrong).toEqual([]);
      expect(told.done.length).toBeGreaterThan(0);
    },
  );
});
