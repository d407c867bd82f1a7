import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from '../../support/worlds/app-world.js';
import {
  attested,
  create,
  type Created,
  creationBody,
  signingText,
  signText,
} from '../../support/builders/personal.js';
import { freePort } from '../../support/ports.js';
import { untilTime } from '../../support/clock.js';
import { TcpProxy } from '../../support/proxies/tcp-proxy.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

let world: AppWorld;
let commitment: Created;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  commitment = await attested(world);
});
afterAll(async () => {
  await world?.stop();
});

/** One request to each route that has to ask the chain; the texts to sign need no chain. */
async function requests(unattested: Created): Promise<[string, () => ReturnType<AppWorld['send']>][]> {
  const creation = (await creationBody(world, TestWallet.generate(), { deadline: '2099-01-01T00:00:00Z' }))
    .body;
  const { id, authority } = unattested;
  const { message, issuedAt } = await signingText(world, authority, 'commitment.attest', {
    commitmentId: id,
  });
  const attestation = { wallet: authority.address, issuedAt, signature: signText(authority, message) };
  const headers = await world.adminHeaders();
  const success = { commitmentId: commitment.id };
  return [
    ['create', () => world.post('/commitments', JSON.stringify(creation))],
    ['attest', () => world.post(`/commitments/${id}/attest`, JSON.stringify(attestation))],
    ['success', () => world.sendAct('admin.commitment.success', success, headers)],
  ];
}

describe('without the chain', () => {
  it('reads go on, and what needs the chain answers 503 and writes nothing', async () => {
    const unattested = await create(world);
    await world.restart({ SOLANA_RPC_URL: `http://127.0.0.1:${await freePort()}` });
    const shown = (await world.client().get<Json>(`/commitments/${commitment.id}`)).body;
    expect(shown).toMatchObject({ status: 'active', escrow: { balanceLamports: null, balanceAsOf: null } });
    const { items } = (await world.client().get<{ items: Json[] }>('/commitments')).body;
    expect(items.map(({ id }) => id)).toContain(commitment.id);
    expect((await world.client().get<Json>(`/commitments/${commitment.id}/payouts`)).body['items']).toEqual(
      [],
    );

    for (const [name, send] of await requests(unattested)) {
      const before = await world.rowsDigest(['audit_logs']);
      const answer = await send();
      expect(answer.body, name).toMatchObject({
        status: 503,
        code: 'rpc_unavailable',
        title: 'Solana RPC unavailable',
      });
      expect(Number(answer.headers['retry-after']), name).toBeGreaterThan(0);
      expect(answer.text, name).not.toContain('127.0.0.1');
      expect(await world.rowsDigest(['audit_logs']), name).toEqual(before);
    }
    const errors = await world.sql<{ event: string }>(
      // The jobs are switched off here, which is noticed in time.
      `SELECT event FROM audit_logs WHERE event LIKE '%_error' AND event <> 'job_overdue_error'`,
    );
    expect(errors.map(({ event }) => event).sort()).toEqual([
      'admin_commitment_success_error',
      'commitment_attest_error',
      'commitment_create_error',
    ]);
  });

  it('the last known balance is shown with its age, and the chain is asked again when it is back', async () => {
    const proxy = await TcpProxy.before(world.chain.rpcUrl);
    try {
      await world.restart({ SOLANA_RPC_URL: proxy.url });
      type Shown = { escrow: { balanceLamports: number | null; balanceAsOf: string | null } };
      const read = async () => (await world.client().get<Shown>(`/commitments/${commitment.id}`)).body.escrow;
      const known = await read();
      expect(known.balanceLamports).toBe(2_000_000_000);
      await proxy.close();
      await world.chain.cheats.fundSol(commitment.escrow.address, 3_000_000_000n);
      // Old enough to be asked for again.
      await untilTime(Date.parse(known.balanceAsOf ?? '') + 1_500);
      expect(await read()).toEqual(known);
      await proxy.open();
      await expect.poll(async () => (await read()).balanceLamports).toBe(3_000_000_000);
    } finally {
      await proxy.close();
    }
  });
});
