import { Connection, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_TRANSACTION_BYTES } from '#src/chain/pump/launch/launch-transactions.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { RestClient } from '#src/local/rest-client.js';
import { OperationDriver } from '#src/pumpfun/operations/operation-driver.service.js';
import {
  awaitingLaunch,
  LONGEST_TEXTS,
  setCoin,
  setPumpGlobal,
  type ShownLaunch,
  shownLaunch,
} from '../../support/builders/launches.js';
import { installPumpStandIn } from '../../support/builders/pump-stand-in.js';
import { create } from '../../support/builders/personal.js';
import {
  launch as ordinaryToken,
  type Reward,
  reward,
  startRewardWorld,
} from '../../support/builders/rewards.js';
import { SOL, TestWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { SignedInOps } from '../../support/processes/signed-in-ops.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

/** Launches, with a stand-in for the effect of pump.fun's programs: nothing here shows that the real ones would do it. */

const payer = TestWallet.generate();
const PURCHASE = { buyTokens: 30_000_000_000_000, buyMostLamports: 1_000_000_000 };
const ACT = 'admin.pumpfun.launch';
let world: AppWorld;
let feed: LocalPriceFeed;
let admin: RestClient;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld({ ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() }));
  await world.chain.cheats.fundSol(payer.address, SOL);
  admin = await world.adminClient();
});
afterAll(async () => {
  await stop?.();
});

const rpcUrl = () => world.chain.rpcUrl;
const ordered = (made: Reward, given: object = {}) =>
  admin.act<ShownLaunch>(ACT, { commitmentId: made.id, ...LONGEST_TEXTS, ...given });

async function untilStep(made: Reward, index: number, wanted: string): Promise<ShownLaunch> {
  return pollUntil(`step ${index} of launch ${made.id} to be ${wanted}`, async () => {
    await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
    await world.app.get(OperationDriver).run();
    const shown = await shownLaunch(world, made);
    return shown.steps[index]?.status === wanted ? shown : undefined;
  });
}

async function sentTransaction(signature: string | null | undefined) {
  const connection = new Connection(rpcUrl(), 'confirmed');
  const found = await connection.getTransaction(signature ?? '', { maxSupportedTransactionVersion: 0 });
  if (found === null) throw new Error(`transaction ${signature} is not on the chain`);
  return found.transaction;
}

const eventsOf = async ({ id }: Reward) =>
  (await world.client().get<{ items: { event: string }[] }>(`/timeline?commitmentId=${id}`)).body.items.map(
    ({ event }) => event,
  );

describe('a launch', () => {
  it('waits, and says why, where the programs are not to be had', async () => {
    const made = await awaitingLaunch(world, admin);
    await ordered(made);
    await world.app.get(OperationDriver).run();
    const [step] = (await shownLaunch(world, made)).steps;
    expect(step).toMatchObject({ kind: 'create', status: 'pending', signature: null });
    expect(step?.waitingFor).toContain('does not have the programs of pump.fun');
    await installPumpStandIn(rpcUrl());
    await setPumpGlobal(rpcUrl(), TestWallet.generate().address);
  });

  it('creates the coin with the escrow as its creator, signed by the fee payer and the mint alone, and then buys', async () => {
    const made = await awaitingLaunch(world, admin);
    const answer = await ordered(made, PURCHASE);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      mint: made.mint,
      creator: made.escrow,
      ...LONGEST_TEXTS,
      ...PURCHASE,
    });
    expect(await eventsOf(made)).toContain('coin_launch_decided');

    // It has landed, and is done only when the coin is there.
    await pollUntil('the creation to wait for the coin', async () => {
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      await world.app.get(OperationDriver).run();
      const { steps } = await shownLaunch(world, made);
      return steps[0]?.waitingFor === `coin ${made.mint}: it cannot be read yet` || undefined;
    });
    expect((await shownLaunch(world, made)).steps[1]).toMatchObject({
      kind: 'buy',
      status: 'pending',
      signature: null,
    });
    await setCoin(rpcUrl(), made.mint);
    const { steps } = await untilStep(made, 1, 'done');

    const creation = (await sentTransaction(steps[0]?.signature)).message;
    expect(creation.header.numRequiredSignatures).toBe(2);
    const keys = creation.staticAccountKeys.map((key) => key.toBase58());
    expect(new Set(keys.slice(0, 2))).toEqual(new Set([payer.address, made.mint]));
    expect(1 + 64 * 2 + creation.serialize().length).toBeLessThanOrEqual(MAX_TRANSACTION_BYTES);
    const data = Buffer.from(creation.compiledInstructions.at(-1)?.data ?? []);
    expect(data.includes(new PublicKey(made.escrow).toBuffer())).toBe(true);
    for (const text of Object.values(LONGEST_TEXTS)) expect(data.includes(Buffer.from(text))).toBe(true);

    const purchase = (await sentTransaction(steps[1]?.signature)).message;
    expect(purchase.header.numRequiredSignatures).toBe(1);
    const order = Buffer.from(purchase.compiledInstructions.at(-1)?.data ?? []);
    expect([order.readBigUInt64LE(8), order.readBigUInt64LE(16)]).toEqual([
      BigInt(PURCHASE.buyTokens),
      BigInt(PURCHASE.buyMostLamports),
    ]);
  });

  it('names the wallet that made the commitment as creator in assisted mode', async () => {
    const made = await awaitingLaunch(world, admin, { creatorFeeMode: 'assisted' });
    expect((await ordered(made)).body).toMatchObject({
      creator: made.creator.address,
      steps: [{ kind: 'create' }],
    });
  });

  it('is not done while the coin is another one than was signed for', async () => {
    const made = await awaitingLaunch(world, admin);
    await setCoin(rpcUrl(), TestWallet.generate().address);
    await ordered(made);
    await pollUntil('the creation to be signed', async () => {
      await world.app.get(OperationDriver).run();
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      return (await shownLaunch(world, made)).steps[0]?.signature ?? undefined;
    });
    await setCoin(rpcUrl(), made.mint, 5n);
    const waits = await pollUntil('the difference to be told', async () => {
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      await world.app.get(OperationDriver).run();
      const found = (await shownLaunch(world, made)).steps[0]?.waitingFor ?? '';
      return found.startsWith(`coin ${made.mint}: its `) ? found : undefined;
    });
    expect(waits).toContain('tokenSupply is 5, and was signed for as 1000000000000000');
  });
});

describe('what is refused', () => {
  const refusal = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );

  it('is a second launch, a token that exists, a personal commitment, and a wallet for which nothing is kept', async () => {
    const made = await awaitingLaunch(world, admin);
    await ordered(made);
    expect(await refusal(ordered(made))).toBe('already_launched');
    const existing = await reward(world, await ordinaryToken(world, feed));
    expect(await refusal(ordered(existing))).toBe('mint_not_reserved');
    const personal = await create(world);
    expect(await refusal(admin.act(ACT, { commitmentId: personal.id, ...LONGEST_TEXTS }))).toBe('wrong_kind');
    const { mint } = await awaitingLaunch(world, admin);
    expect(await refusal(reward(world, { mint, creator: TestWallet.generate() }))).toBe(
      'not_token_authority',
    );
    expect(await refusal(shownLaunch(world, existing))).toBe('launch_not_found');
  });

  it('is every text that pump.fun would not take, counted in bytes, and half a purchase', async () => {
    const made = await awaitingLaunch(world, admin);
    const bad = [
      { name: 'é'.repeat(17) },
      { symbol: 'ABCDEFGHIJKLMN' },
      { uri: `https://example.com/${'m'.repeat(181)}` },
      { uri: 'example.com' },
      { name: '' },
      { buyTokens: 5 },
      { buyMostLamports: 5 },
    ];
    for (const given of bad)
      expect(await refusal(ordered(made, given)), JSON.stringify(given)).toBe('validation_failed');
    await ordered(made);
  });

  it('is a signature for what only a table says', async () => {
    const made = await awaitingLaunch(world, admin);
    await ordered(made);
    // Whoever can write every row names another coin: the act of the admin does not say that.
    await world.sql(`SET session_replication_role = replica;
      UPDATE public.pump_launches SET uri = 'https://example.com/thief' WHERE commitment_id = '${made.id}'`);
    await pollUntil('the door to refuse', async () => {
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      await world.app.get(OperationDriver).run();
      const [step] = (await shownLaunch(world, made)).steps;
      return (
        (step?.waitingFor ?? '').includes('no admin has signed admin.pumpfun.launch for exactly this') ||
        undefined
      );
    });
    expect((await shownLaunch(world, made)).steps[0]?.signature).toBeNull();
  });

  it('is a signature where a transaction of the purchase is missing in the table', async () => {
    const made = await awaitingLaunch(world, admin);
    await ordered(made, PURCHASE);
    await pollUntil('the creation to be sent', async () => {
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      await world.app.get(OperationDriver).run();
      return (await shownLaunch(world, made)).steps[0]?.signature ?? undefined;
    });
    await setCoin(rpcUrl(), made.mint);
    const { steps } = await untilStep(made, 1, 'done');
    const [{ id } = { id: '' }] = await world.sql<{ id: string }>(
      `SELECT id FROM public.pump_operations WHERE commitment_id = $1 AND kind = 'buy'`,
      [made.id],
    );
    await world.sql(`SET session_replication_role = replica;
      DELETE FROM public.pump_attempts WHERE operation_id = '${id}';
      UPDATE public.pump_operations SET status = 'pending', ended_at = NULL, gained_lamports = NULL WHERE id = '${id}'`);
    await pollUntil('the missing transaction to be noticed', async () => {
      await world.sql('UPDATE public.pump_operations SET next_run_at = now()');
      await world.app.get(OperationDriver).run();
      const waits = (await shownLaunch(world, made)).steps[1]?.waitingFor ?? '';
      return waits.includes('is missing in the table') || undefined;
    });
    expect(steps[1]?.signature).toEqual(expect.any(String));
    expect((await shownLaunch(world, made)).steps[1]).toMatchObject({ status: 'pending', signature: null });
  });
});

describe('ops pumpfun', () => {
  it('keeps a mint, shows with --dry-run what would be launched, and launches it', async () => {
    const ops = new SignedInOps(world.url, world.admin);
    try {
      await ops.login();
      const creator = TestWallet.generate();
      const kept = await ops.run('pumpfun', 'reserve', creator.address);
      const { mint } = JSON.parse(kept.out) as { mint: string };
      const made = await reward(world, { mint, creator }, { creatorFeeMode: 'managed' });
      const words = ['--name', 'Ship', '--symbol', 'SHIP', '--uri', 'https://example.com/ship.json'];
      const would = await ops.run('pumpfun', 'launch', made.id, ...words, '--dry-run');
      expect([would.code, would.err]).toEqual([0, '']);
      expect(would.out).toContain(`Launch coin Ship (SHIP) at ${mint}`);
      expect(would.out).toContain(`its creator fees go to escrow ${made.escrow}`);
      expect(would.out).toContain('Nothing was done.');
      const done = await ops.run('pumpfun', 'launch', made.id, ...words, '--yes');
      expect(done.code, done.err).toBe(0);
      const shown = await ops.run('pumpfun', 'show', made.id);
      expect(JSON.parse(shown.out)).toMatchObject({ mint, creator: made.escrow, name: 'Ship' });
    } finally {
      ops.remove();
    }
  });
});
