import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { ApiError, type CommitmentAnswer, RestClient } from '#src/local/rest-client.js';
import { CampaignWorld } from '../support/campaign/campaign-world.js';
import { Crowd } from '../support/campaign/crowd.js';
import { reckon } from '../support/campaign/reckoning.js';
import { success } from '../support/campaign/stories.js';
import { TestWallet } from '../support/builders/wallets.js';
import { LONG } from '../support/long.js';
import { pause } from '../support/clock.js';
import { diskNote } from '../support/processes/small-disk.js';
import { skipNote } from '../support/processes/system-programs.js';
import { Random } from '../support/random.js';
import { startTestChain } from '../support/worlds/localnet.js';

/** PostgreSQL is ended and started again under load, as often by a crash as in order. */

const note = diskNote || skipNote('initdb', 'postgres', 'pg_basebackup');
const RESTARTS = 5;
const REFUNDS = 6;
const WORKERS = 4;

describe.skipIf(!LONG || note)(`a database that is restarted under load${note}`, () => {
  let chain: LocalChain;
  beforeAll(async () => {
    chain = await startTestChain({ slotMs: 100 });
  });
  afterAll(() => chain?.stop());

  it('M4, N4: five times: no answer is 500 but 503, nothing that was answered is lost, every refund is paid once', async (test) => {
    const frame = { seconds: 1, replicas: 2, ownServer: true, storyEverySeconds: 1 };
    const world = await CampaignWorld.open(test, chain, frame, 1);
    const crowd = new Crowd(world, new Random(1));
    const stage = { world, crowd };
    const refunds = Array.from({ length: REFUNDS }, () => success(stage));
    const made: string[] = [];
    const answers = new Map<string, number>();
    const count = (name: string) => answers.set(name, (answers.get(name) ?? 0) + 1);
    const over = new AbortController();
    const traffic = Array.from({ length: WORKERS }, async () => {
      while (!over.signal.aborted) {
        const answer = await created(crowd.client());
        if ('id' in answer) made.push(answer.id);
        count('id' in answer ? '201' : answer.refused);
      }
    });
    for (let nth = 0; nth < RESTARTS; nth += 1) {
      await pause(3_000);
      await (nth % 2 === 0 ? world.database.server?.crash() : world.database.server?.restart());
    }
    const promised = await Promise.all(refunds);
    over.abort();
    await Promise.all(traffic);
    process.stderr.write(
      `${RESTARTS} restarts: ${JSON.stringify(Object.fromEntries(answers))}, ${promised.length} refunds\n`,
    );
    const failed = [...answers.keys()].filter((name) => name.startsWith('5') && !name.startsWith('503'));
    const said =
      failed.length === 0 ? [] : world.replicas.flatMap((replica) => replica.linesWith('internal_error'));
    expect([...failed, ...crowd.wrong, ...said]).toEqual([]);
    const rows = await world.query<{ id: string }>('SELECT id FROM public.commitments');
    const known = new Set(rows.map(({ id }) => id));
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((id) => !known.has(id))).toEqual([]);
    await crowd.until('all refunds to be final', async () => {
      const [row] = await world.query<{ open: number }>(
        `SELECT count(*)::int AS open FROM public.payouts WHERE status <> 'finalized'`,
      );
      return row?.open === 0 ? true : undefined;
    });
    for (const one of promised) expect((await reckon(world, one)).wrong).toEqual([]);
  });
});

async function created(client: RestClient): Promise<{ readonly id: string } | { readonly refused: string }> {
  const terms = {
    kind: 'personal',
    destinationOnFail: TestWallet.generate().address,
    amountLamports: 1_000_000_000,
    deadline: new Date(Date.now() + 86_400_000).toISOString(),
  };
  try {
    const wallet = TestWallet.generate();
    const answer = await client.signAction<CommitmentAnswer>(
      wallet,
      'commitment.create',
      terms,
      '/commitments',
    );
    return { id: answer.body.id };
  } catch (error) {
    return { refused: error instanceof ApiError ? `${error.status} ${error.code ?? ''}` : 'cut' };
  }
}
