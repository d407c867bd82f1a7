import { describe, expect, it } from 'vitest';
import { MemoryCounter } from './memory-counter.js';

describe('MemoryCounter', () => {
  it('counts up within a window and starts again with the next', async () => {
    let now = 60_000;
    const counter = new MemoryCounter(() => now);
    expect(await counter.hit('a', 60)).toEqual({ hits: 1, secondsLeft: 60 });
    now += 59_500;
    expect(await counter.hit('a', 60)).toEqual({ hits: 2, secondsLeft: 1 });
    expect(await counter.hit('b', 60)).toEqual({ hits: 1, secondsLeft: 1 });
    now += 500;
    expect(await counter.hit('a', 60)).toEqual({ hits: 1, secondsLeft: 60 });
  });

  it('D3: does not grow without end', async () => {
    const counter = new MemoryCounter(() => 0);
    for (let client = 0; client < 50_000; client += 1) await counter.hit(`client ${client}`, 60);
    const { windows } = counter as unknown as { windows: Map<string, unknown> };
    expect(windows.size).toBeLessThanOrEqual(20_000);
  });
});
