import bs58 from 'bs58';
import { vi } from 'vitest';

/** The base58 texts that this process decoded while the work was done. */
export async function textsDecoded(work: () => Promise<unknown>): Promise<string[]> {
  const decode = vi.spyOn(bs58, 'decodeUnsafe');
  try {
    await work();
    return decode.mock.calls.map(([text]) => text);
  } finally {
    decode.mockRestore();
  }
}
