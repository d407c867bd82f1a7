import { describe, expect, it } from 'vitest';
import { fakeChain } from '#src/chain/port/chain.fake.js';
import { HandClock } from '#src/common/clock.fake.js';
import { ChainTimeDisplay } from './chain-time-display.service.js';

const START = 1_800_000_000;

/** A display over a chain whose answers are scripted: seconds, or an error. */
function displayOf(...answers: (number | Error)[]) {
  const clock = new HandClock(START * 1_000);
  const asked = { times: 0 };
  const now = async () => {
    asked.times += 1;
    const answer = answers.shift() ?? new Error('asked once more than expected');
    if (answer instanceof Error) throw answer;
    return { slot: 1n, unixSeconds: answer };
  };
  return { clock, asked, display: new ChainTimeDisplay(fakeChain({ shownTime: now }), clock) };
}

describe('the chain time that is shown', () => {
  it('is at most 0.3 s old, and asked for once by readers who come together', async () => {
    const { clock, asked, display } = displayOf(START + 1_000, START + 2_000);
    expect(await Promise.all([display.seconds(), display.seconds()])).toEqual([START + 1_000, START + 1_000]);
    clock.at += 299;
    expect(await display.seconds()).toBe(START + 1_000);
    expect(asked.times).toBe(1);
    clock.at += 1;
    expect(await display.seconds()).toBe(START + 2_000);
    expect(asked.times).toBe(2);
  });

  it('N2: goes on by our own clock while the chain cannot be asked, and asks again only after two seconds', async () => {
    const { clock, asked, display } = displayOf(START + 1_000, new Error('away'), START + 1_060);
    await display.seconds();
    clock.at += 30_000;
    expect([await display.seconds(), await display.seconds()]).toEqual([START + 1_030, START + 1_030]);
    clock.at += 1_999;
    await display.seconds();
    expect(asked.times).toBe(2);
    clock.at += 28_001;
    expect(await display.seconds()).toBe(START + 1_060);
  });

  it('is read again behind those who look, while they do', async () => {
    const { clock, asked, display } = displayOf(START + 1_000, START + 2_000);
    await display.seconds();
    clock.at += 400;
    display.keepFresh();
    expect(asked.times).toBe(2);
    expect(await display.seconds()).toBe(START + 1_000);
    clock.at += 60_000;
    display.keepFresh();
    expect(asked.times).toBe(2);
  });

  it('is our own clock where the chain was never read', async () => {
    const { display } = displayOf(new Error('away'));
    expect(await display.seconds()).toBe(START);
  });
});
