import { inject } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { pause } from '../clock.js';
import { Random } from '../random.js';
import type { TestLife } from '../worlds/payout-world.js';
import { CampaignWorld } from './campaign-world.js';
import { Crowd } from './crowd.js';
import { begin, peace } from './fault-hands.js';
import { openCampaignMarket } from './market.js';
import { movesOf, recordMoves } from './moves.js';
import { type Fault, type Frame, type Plan, planOf } from './plan.js';
import { type Promised, type Stage, tell } from './stories.js';

/** Time between two runs of a job that a campaign does not wait for. */
const HURRIED = ['sweep', 'normalization', 'failure-effect'];
const LOOK_MS = 1_000;
/** Longer than any look of the driver at a payout takes. */
const SILENT_LOOKS = 60;

export interface Told {
  readonly plan: Plan;
  readonly world: CampaignWorld;
  readonly crowd: Crowd;
  readonly promised: readonly Promised[];
  /** `rpc-1.lie` and so on, once for each that was begun. */
  readonly done: readonly string[];
  readonly moves: number;
  readonly wrong: readonly string[];
}

/** Runs a whole campaign: its faults and stories side by side, then peace until every story has its end. */
export async function runCampaign(
  test: TestLife,
  chain: LocalChain,
  seed: number,
  frame: Frame,
): Promise<Told> {
  const plan = planOf(seed, frame);
  const world = await CampaignWorld.open(test, chain, frame, seed);
  await recordMoves(world);
  const crowd = new Crowd(world, new Random(seed * 31 + 17));
  const stage: Stage = { world, crowd, market: await openCampaignMarket(crowd.host, world.partners.feed) };
  const wrong: string[] = [];
  const watch = new SilenceWatch(world, wrong);
  const stories = plan.stories.map(async (story) => {
    await pause(story.atMs);
    return tell(stage, story);
  });
  const done: string[] = [];
  // On a machine that is so busy that a fault takes longer than planned, the last ones of a lane are left out.
  let isOver = false;
  setTimeout(() => (isOver = true), frame.seconds * 1_000).unref();
  const faults = lanesIn(plan).map(async (lane) => {
    let overMs = 0;
    for (const fault of lane) {
      await pause(fault.atMs - overMs);
      if (isOver) return;
      const undo = await begin(world, fault);
      done.push(`${fault.target}.${fault.kind}`);
      await pause(fault.forMs);
      await undo();
      overMs = fault.atMs + fault.forMs;
    }
  });
  const results = Promise.allSettled(stories);
  await Promise.all(faults);
  await peace(world);
  watch.peace();
  const patience = setTimeout(() => crowd.goHome(), inject('patienceMs'));
  const ends = await results;
  clearTimeout(patience);
  crowd.comeBack();
  await watch.untilAllFinal();
  await watch.end();
  const moves = await movesOf(world);
  const promised = ends.flatMap((end) => (end.status === 'fulfilled' && end.value ? [end.value] : []));
  wrong.push(...ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : [])));
  wrong.push(...crowd.wrong, ...moves.wrong);
  return { plan, world, crowd, promised, done, moves: moves.count, wrong };
}

function lanesIn({ faults }: Plan): Fault[][] {
  const targets = [...new Set(faults.map(({ target }) => target))];
  return targets.map((target) => faults.filter((fault) => fault.target === target));
}

/** Hurries the jobs, and finds payouts that wait in peace and do not say why. */
class SilenceWatch {
  private readonly silent = new Map<string, number>();
  private inPeace = false;
  private ended = false;
  private readonly watching: Promise<void>;

  constructor(
    private readonly world: CampaignWorld,
    private readonly wrong: string[],
  ) {
    this.watching = this.watch();
  }

  peace(): void {
    this.inPeace = true;
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.watching;
  }

  async untilAllFinal(): Promise<void> {
    const open = `SELECT to_jsonb(p) AS payout, (SELECT jsonb_agg(a) FROM public.payout_attempts AS a WHERE a.payout_id = p.id) AS attempts
      FROM public.payouts AS p WHERE status NOT IN ('finalized', 'cancelled')`;
    for (let looks = 0; looks < inject('patienceMs') / LOOK_MS; looks += 1) {
      if ((await this.world.query(open)).length === 0) return;
      await pause(LOOK_MS);
    }
    const left = await this.world.query(open);
    this.wrong.push(...left.map((one) => `a payout is not finalized in peace: ${JSON.stringify(one)}`));
  }

  private async watch(): Promise<void> {
    while (!this.ended) {
      await this.look().catch(() => undefined);
      await pause(LOOK_MS);
    }
  }

  private async look(): Promise<void> {
    await this.world.query('UPDATE public.jobs SET next_run_at = now() WHERE name = ANY($1::text[])', [
      HURRIED,
    ]);
    if (!this.inPeace) return;
    const rows = await this.world.query<{ id: string }>(
      `SELECT id FROM public.payouts WHERE status = 'pending' AND waiting_for IS NULL`,
    );
    for (const { id } of rows) {
      const looks = (this.silent.get(id) ?? 0) + 1;
      this.silent.set(id, looks);
      if (looks === SILENT_LOOKS) this.wrong.push(`payout ${id} waits and does not say why`);
    }
  }
}
