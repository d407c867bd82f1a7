import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, release, UNLOCK } from '../../support/builders/releases.js';
import type { Reward } from '../../support/builders/rewards.js';
import { stealFrom } from '../../support/builders/stolen-key.js';
import { fundedWallet, TestWallet, transferSol } from '../../support/builders/wallets.js';
import { wrapSolFor } from '../../support/builders/wrapped-sol.js';
import { pollUntil } from '../../support/poll.js';

/** Ledger and chain are compared: what was tampered with is found and named, and nothing is invented. */
let bench: ReleaseBench;

interface Line {
  readonly subject: string;
  readonly state: string;
  readonly ledgerLamports: number;
  readonly chainLamports: number;
  readonly finding: boolean;
}
interface Run {
  readonly id: string;
  readonly lines: number;
  readonly findings: number;
  readonly ledgerLamports: number;
  readonly chainLamports: number;
  readonly items: readonly Line[];
}

beforeAll(async () => {
  bench = await ReleaseBench.start();
  await bench.restart({ PAYOUT_WAIT_SECONDS: '2' });
});
afterAll(async () => {
  await bench?.stop();
});

async function run(kind: string, made?: Reward, full = false): Promise<Run> {
  const body = { kind, full, ...(made === undefined ? {} : { commitmentId: made.id }) };
  return (await bench.admin.post<Run & Record<string, unknown>>('/admin/reconciliations', body)).body;
}

/** Funded by a transfer of its own, as in life. */
async function funded(milestones = 1): Promise<Reward> {
  const made = await claimable(bench.world, bench.market, { milestones });
  const payer = await fundedWallet(bench.world.chain);
  await transferSol(bench.world.chain.rpcUrl, payer, made.escrow, BigInt(milestones + 1) * UNLOCK);
  return made;
}

async function released(made: Reward): Promise<string> {
  const { body } = await release(bench.admin, made);
  const id = body.payout?.id ?? '';
  await pollUntil('the release to be final', async () => {
    await bench.world.app.get(PayoutDriver).runOnce();
    const [row] = await bench.world.sql<{ status: string }>('SELECT status FROM payouts WHERE id = $1', [id]);
    return row?.status === 'finalized' || undefined;
  });
  return id;
}

/** As somebody who has the database and no wallet. */
async function tamper(sql: string): Promise<void> {
  await bench.world.sql(`SET session_replication_role = replica; ${sql}; RESET session_replication_role`);
}

async function discrepancies(subject: string): Promise<number> {
  const rows = await bench.world.sql(
    `SELECT 1 FROM audit_logs WHERE event = 'reconciliation_discrepancy_error' AND fields->>'subject' = $1`,
    [subject],
  );
  return rows.length;
}

describe('a clean ledger', () => {
  it('M19: has balances that follow from every single transaction, and totals that add up', async () => {
    const open = await funded();
    const paid = await funded(2);
    await released(paid);
    await pollUntil('the deposit to be final', async () => {
      const { items } = await run('escrow_balances', open);
      return items[0]?.state === 'overfunded' || undefined;
    });
    const all = await run('escrow_balances');
    expect(all.findings).toBe(0);
    const stateOf = ({ escrow }: Reward) => all.items.find(({ subject }) => subject === escrow);
    expect(stateOf(open)).toMatchObject({ state: 'overfunded', chainLamports: Number(2n * UNLOCK) });
    expect(stateOf(paid)).toMatchObject({ state: 'overfunded' });
    expect(all.chainLamports).toBe(all.items.reduce((sum, line) => sum + line.chainLamports, 0));
    expect(all.ledgerLamports).toBe(all.chainLamports);
    expect(all.lines).toBe(all.items.length);
    const unbalanced = await bench.world.sql(
      'SELECT signature FROM escrow_entries GROUP BY escrow, signature HAVING sum(lamports) <> 0',
    );
    expect(unbalanced).toEqual([]);

    const [shown] = (await bench.admin.get<{ items: Run[] }>('/admin/reconciliations?limit=1')).body.items;
    expect(shown).toMatchObject({ id: all.id, lines: all.lines });
    const { body } = await bench.admin.get<Run & Record<string, unknown>>(`/admin/reconciliations/${all.id}`);
    expect(body.items).toEqual(all.items);
  });

  it('has every decision of an admin on chain, and one that is under way is no finding', async () => {
    const made = await funded(2);
    const id = await released(made);
    const { items, findings } = await run('admin_actions', made);
    expect(findings).toBe(0);
    expect(items).toMatchObject([{ subject: id, state: 'matched', chainLamports: Number(UNLOCK) }]);

    // While the next one is on its way.
    const next = (await release(bench.admin, made, made.milestoneIds[1])).body.payout?.id;
    const now = await run('admin_actions', made);
    expect(now.findings).toBe(0);
    expect(now.items.map(({ subject }) => subject)).toEqual([id, next]);
  });

  it('M19: a deposit between two runs and wrapped SOL are shown, and are no findings', async () => {
    const made = await funded();
    const { rpcUrl } = bench.world.chain;
    const held = async () => {
      const { items, findings } = await run('escrow_balances', made);
      expect(findings).toBe(0);
      return items;
    };
    await held();
    const stranger = await fundedWallet(bench.world.chain);
    await transferSol(rpcUrl, stranger, made.escrow, 7n);
    const account = await wrapSolFor(rpcUrl, stranger, made.escrow, 5_000n);
    await pollUntil('both to be final', async () => {
      const [own, wrapped] = (await held()).toSorted((a, b) => (a.state < b.state ? -1 : 1));
      return own?.chainLamports === Number(2n * UNLOCK) + 7 && wrapped?.subject === account
        ? true
        : undefined;
    });
    expect(await held()).toContainEqual(
      expect.objectContaining({ subject: account, state: 'wrapped', chainLamports: 5_000, finding: false }),
    );
  });
});

describe('what somebody has tampered with', () => {
  it('T9: an outflow with a stolen key is found, told once, and pauses its escrow', async () => {
    const made = await funded(2);
    await released(made);
    const theft = await stealFrom(bench.world, made, 'a theft', UNLOCK / 2n);
    for (let nth = 0; nth < 2; nth += 1) {
      const { items } = await run('escrow_balances', made);
      expect(items).toContainEqual(
        expect.objectContaining({ subject: theft, state: 'unknown_outflow', finding: true }),
      );
    }
    expect(await discrepancies(theft)).toBe(1);
    // Nor does a recovery explain it.
    const answer = await bench.admin.post<{ items: { transaction: string; outcome: string }[] }>(
      '/admin/recoveries',
      { commitmentId: made.id },
    );
    expect(answer.body.items).toMatchObject([{ transaction: theft, outcome: 'stopped' }]);
    const pauses = await bench.world.sql('SELECT 1 FROM payout_pauses WHERE commitment_id = $1', [made.id]);
    expect(pauses).toHaveLength(1);
  });

  it('M19: an altered log, a lost payout, a changed destination and a payment that is not on chain are named', async () => {
    const made = await funded(2);
    const id = await released(made);
    const state = async () => (await run('admin_actions', made)).items.find(({ subject }) => subject === id);

    await tamper(
      `UPDATE audit_logs SET fields = jsonb_set(fields, '{amountLamports}', '1') WHERE payout_id = '${id}' AND event LIKE 'admin_reward%'`,
    );
    expect(await state()).toMatchObject({ state: 'altered', finding: true });
    await tamper(
      `UPDATE audit_logs SET fields = jsonb_set(fields, '{amountLamports}', '${UNLOCK}') WHERE payout_id = '${id}' AND event LIKE 'admin_reward%'`,
    );
    expect(await state()).toMatchObject({ state: 'matched', finding: false });

    await tamper(`UPDATE payouts SET amount_lamports = amount_lamports + 1 WHERE id = '${id}'`);
    expect(await state()).toMatchObject({ state: 'altered', finding: true });
    await tamper(`UPDATE payouts SET amount_lamports = amount_lamports - 1 WHERE id = '${id}'`);

    await tamper(`UPDATE payout_attempts SET signature = reverse(signature) WHERE payout_id = '${id}'`);
    expect(await state()).toMatchObject({ state: 'not_on_chain', finding: false });
    expect(await state()).toMatchObject({ state: 'not_on_chain', finding: true });
    await tamper(`UPDATE payout_attempts SET signature = reverse(signature) WHERE payout_id = '${id}'`);

    await tamper(`DELETE FROM payouts WHERE id = '${id}'`);
    expect(await state()).toMatchObject({ state: 'payout_missing', finding: true });
  });

  it('M19: a doubled payout, a payment that was rolled back and a deposit that was never noted are named', async () => {
    const made = await funded(2);
    const id = await released(made);
    const action = async (subject: string) =>
      (await run('admin_actions', made)).items.find((line) => line.subject === subject);
    await tamper(`UPDATE payouts SET destination = '${TestWallet.generate().address}' WHERE id = '${id}'`);
    expect(await action(id)).toMatchObject({ state: 'altered', finding: true });
    await tamper(`UPDATE payouts SET destination = '${made.creator.address}' WHERE id = '${id}'`);
    expect(await action(id)).toMatchObject({ state: 'matched', finding: false });

    const doubled = '00000000-0000-5000-8000-000000000001';
    const change = `jsonb_build_object('id', '${doubled}', 'business_key', 'again', 'part', 1)`;
    await tamper(
      `INSERT INTO payouts SELECT (jsonb_populate_record(p, ${change})).* FROM payouts p WHERE id = '${id}'`,
    );
    expect(await action(doubled)).toMatchObject({ state: 'unauthorised', finding: true });
    expect(await action(id)).toMatchObject({ state: 'matched', finding: false });
    await tamper(`DELETE FROM payouts WHERE id = '${doubled}'`);

    await tamper(
      `UPDATE payouts SET status = 'confirmed', finalized_at = NULL, confirmed_at = now() - interval '1 hour' WHERE id = '${id}';
       UPDATE payout_attempts SET status = 'confirmed', ended_at = NULL, signature = reverse(signature) WHERE payout_id = '${id}'`,
    );
    expect(await action(id)).toMatchObject({ state: 'not_on_chain', finding: false });
    expect(await action(id)).toMatchObject({ state: 'not_on_chain', finding: true });

    const unseen = await funded();
    const balance = async (full = false) => (await run('escrow_balances', unseen, full)).items[0];
    await pollUntil('the deposit to be final', async () =>
      (await balance())?.state === 'overfunded' ? true : undefined,
    );
    await tamper(`DELETE FROM escrow_transactions WHERE escrow = '${unseen.escrow}'`);
    expect(await balance()).toMatchObject({ state: 'drift', finding: false });
    expect(await balance()).toMatchObject({ state: 'drift', finding: true });
    expect(await balance(true)).toMatchObject({ state: 'overfunded', finding: false });
  });
});
