import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '#src/common/in-parallel.js';
import type { RestClient } from '#src/local/rest-client.js';
import { type EscrowRow, insertRows, sealedRows } from '../support/builders/escrow-rows.js';
import { LONG } from '../support/long.js';
import { RpcProxy } from '../support/proxies/rpc-proxy.js';
import { AppWorld } from '../support/worlds/app-world.js';

/** Every balance of a large service is compared with the chain, 100 of them a call. */

const COMMITMENTS = LONG ? 10_000 : 250;
const PROMISED = 1_000_000n;
/** As many balances as one call reads. */
const CHUNK = 100;

interface Run {
  readonly lines: number;
  readonly findings: number;
  readonly ledgerLamports: number;
  readonly chainLamports: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly items: readonly { readonly subject: string; readonly state: string; readonly finding: boolean }[];
}

let world: AppWorld;
let proxy: RpcProxy;
let admin: RestClient;
let rows: readonly EscrowRow[];

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  proxy = await RpcProxy.start(world.chain.rpcUrl);
  await world.restart({ SOLANA_RPC_URL: proxy.url });
  admin = await world.adminClient();
  rows = sealedRows(world.escrowSecret, COMMITMENTS);
  await insertRows(world.databaseUrl, rows);
  await inParallel(rows, 16, ({ address }) => world.chain.cheats.fundSol(address, PROMISED));
  // Each was funded by one transfer, which was read and opened long ago.
  await world.sql(
    `INSERT INTO escrow_histories (escrow, cursor_signature, cursor_slot, read_at)
     SELECT address, lpad(commitment_id::text, 88, 'S'), 1, now() FROM escrows`,
  );
  await world.sql(
    `INSERT INTO escrow_transactions (escrow, signature, slot, failed, names_payout, seen_at, opened_at, block_time, is_signer,
       balance_before, balance_after, fee_lamports, collects_fees)
     SELECT address, lpad(commitment_id::text, 88, 'S'), 1, false, false, now(), now(), now(), false, 0, ${PROMISED}, 0, false
       FROM escrows`,
  );
});
afterAll(async () => {
  await world?.stop();
  await proxy?.stop();
});

const reconcile = async () =>
  (await admin.post<Run & Record<string, unknown>>('/admin/reconciliations', { kind: 'escrow_balances' }))
    .body;
const calls = (method: string) => proxy.calls.filter((call) => call.method === method).length;
const stateOf = ({ items }: Run, escrow: string | undefined) =>
  items.filter(({ subject }) => subject === escrow).map(({ state, finding }) => ({ state, finding }));

describe(`${COMMITMENTS} open commitments`, () => {
  it('M19: are compared with one call for 100 balances, and nothing is found where nothing is wrong', async () => {
    proxy.calls.splice(0);
    const run = await reconcile();
    expect(run).toMatchObject({ lines: COMMITMENTS, findings: 0 });
    expect(new Set(run.items.map(({ state }) => state))).toEqual(new Set(['funded']));
    expect([run.ledgerLamports, run.chainLamports]).toEqual(Array(2).fill(COMMITMENTS * Number(PROMISED)));
    // The escrow's own balance, and that of its account for wrapped SOL.
    expect(calls('getMultipleAccounts')).toBeLessThanOrEqual(2 * Math.ceil(COMMITMENTS / CHUNK));
    expect([calls('getSignaturesForAddress'), calls('getTransaction')]).toEqual([0, 0]);
    process.stderr.write(
      `${COMMITMENTS} commitments: ${calls('getMultipleAccounts')} calls of getMultipleAccounts, ` +
        `from ${run.startedAt} to ${run.endedAt}\n`,
    );
  });

  it('M19: of which one holds less than its history tells: that one is named, and its history alone is read', async () => {
    const thinner = rows[COMMITMENTS / 2]?.address ?? '';
    await world.chain.cheats.fundSol(thinner, PROMISED - 1n);
    const first = await reconcile();
    proxy.calls.splice(0);
    const second = await reconcile();
    expect([first.findings, second.findings]).toEqual([0, 1]);
    expect(stateOf(second, thinner)).toEqual([{ state: 'drift', finding: true }]);
    const looked = proxy.calls.filter(({ method }) => method === 'getSignaturesForAddress');
    expect(new Set(looked.map(({ params }) => params[0]))).toEqual(new Set([thinner]));
  });
});
