import { describe, expect, it } from 'vitest';
import { within } from './within.js';

const never = new Promise<never>(() => undefined);

describe('within', () => {
  it('gives what the work gives, also its failure', async () => {
    expect(await within(60_000, Promise.resolve(1), () => 2)).toBe(1);
    await expect(within(60_000, Promise.reject(new Error('no')), () => 2)).rejects.toThrow('no');
  });

  it('gives or throws what is given for the end of the time', async () => {
    expect(await within(1, never, () => 2)).toBe(2);
    const refuse = () => {
      throw new Error('late');
    };
    await expect(within(1, never, refuse)).rejects.toThrow('late');
  });
});
