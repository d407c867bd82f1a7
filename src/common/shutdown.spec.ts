import { describe, expect, it } from 'vitest';
import { Shutdown } from './shutdown.js';

/** Longer than any test may take. */
const LONG_MS = 86_400_000;

describe('Shutdown', () => {
  it('ends every wait, however many there are, without a warning from the runtime', async () => {
    const warnings: string[] = [];
    const listen = ({ message }: Error) => void warnings.push(message);
    process.on('warning', listen);
    const shutdown = new Shutdown();
    const waits = Array.from({ length: 50 }, () => shutdown.sleep(LONG_MS));
    shutdown.begin();
    await Promise.all([...waits, shutdown.begun, shutdown.sleep(LONG_MS)]);
    // Warnings come with the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(shutdown.isShuttingDown).toBe(true);
    expect(warnings).toEqual([]);
  });
});
