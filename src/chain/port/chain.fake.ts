import type { Chain } from './chain.js';

/** A chain with these answers alone: any other question fails the test. */
export function fakeChain(answers: Partial<Chain>): Chain {
  const get = (target: Partial<Chain>, name: string | symbol): unknown => {
    if (name in target) return target[name as keyof Chain];
    throw new Error(`this chain was not told what ${String(name)} answers`);
  };
  return new Proxy(answers, { get }) as Chain;
}
