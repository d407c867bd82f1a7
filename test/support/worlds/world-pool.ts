import { afterAll, type TestContext } from 'vitest';
import { reportsFailures } from './failure-report.js';
import type { PayoutWorld, TestLife } from './payout-world.js';

interface Standing {
  readonly world: PayoutWorld;
  readonly end: () => Promise<void>;
}

/**
 * Worlds that the tests of a file take one after the other, since starting a service costs seconds of CPU. The next test finds
 * one as if it were new, but for what earlier tests have been paid. What a failed test had is thrown away.
 */
export class WorldPool {
  /** Undefined: room for one that is not open yet. */
  private readonly free: (Standing | undefined)[];
  private readonly waiting: ((standing: Standing | undefined) => void)[] = [];

  /** For the top of a file. @param size how many tests may have one at a time */
  constructor(
    private readonly open: (life: TestLife) => Promise<PayoutWorld>,
    size: number,
  ) {
    this.free = Array.from({ length: size });
    afterAll(async () => {
      await Promise.all(this.free.map(async (standing) => standing?.end()));
    });
  }

  /** Waits for its turn. @returns a world with honest proxies whose processes run, until the end of the test */
  async take({ task, onTestFinished }: TestContext): Promise<PayoutWorld> {
    const { world, end } = await this.next();
    onTestFinished(async () => {
      if (task.result?.state === 'fail') {
        await end();
        this.giveBack(undefined);
      } else this.giveBack({ world, end });
    });
    reportsFailures(world, task.id);
    await world.renew();
    return world;
  }

  private async next(): Promise<Standing> {
    const standing =
      this.free.length > 0
        ? this.free.pop()
        : await new Promise<Standing | undefined>((resolve) => this.waiting.push(resolve));
    if (standing) return standing;
    const cleanings: (() => Promise<void>)[] = [];
    const end = async () => {
      for (const clean of cleanings.toReversed()) await clean();
    };
    try {
      const world = await this.open({ onTestFinished: (clean) => cleanings.push(clean) });
      return { world, end };
    } catch (error) {
      this.giveBack(undefined);
      await end();
      throw error;
    }
  }

  private giveBack(standing: Standing | undefined): void {
    const waiter = this.waiting.shift();
    if (waiter) waiter(standing);
    // The next one is taken from the end: rather one that stands than room for another.
    else if (standing) this.free.push(standing);
    else this.free.unshift(standing);
  }
}
