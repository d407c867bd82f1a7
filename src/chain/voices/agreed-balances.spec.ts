import { describe, expect, it } from 'vitest';
import { NOBODY } from '#src/chain/port/payable.js';
import { equalBalances, lowerBalances } from './agreed-balances.js';

const at = (lamports: bigint, slot = 10n) => ({ lamports, slot, occupant: NOBODY });
const hearing = (...readings: readonly ReturnType<typeof at>[][]) => ({
  words: readings.map((answer, index) => ({ voice: `v${index}`, answer })),
  silences: [],
});

describe('balances by two voices', () => {
  it('amounts that heal are the lower of two readings, each for itself', () => {
    const said = lowerBalances(hearing([at(5n, 12n), at(7n)], [at(6n), at(3n)]), 'many');
    expect(said).toEqual({ agreed: [at(5n), at(3n)] });
  });

  it('R6: an address is what the voice says that would not pay it', () => {
    const wallet = { exists: true, executable: false, owner: '1'.repeat(32), dataLength: 0 };
    const mint = { ...wallet, owner: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', dataLength: 82 };
    const says = (occupant: typeof wallet) => [{ ...at(5n), occupant }];
    for (const readings of [
      [says(wallet), says(mint)],
      [says(mint), says(wallet)],
    ])
      expect(lowerBalances(hearing(...readings), 'many')).toEqual({ agreed: says(mint) });
  });

  it('amounts that are frozen for good are equal or nothing', () => {
    expect(equalBalances(hearing([at(5n, 12n)], [at(5n)]), 'many')).toEqual({ agreed: [at(5n)] });
    const differing = equalBalances(hearing([at(5n)], [at(6n)]), 'many');
    expect(differing).toMatchObject({ doubt: { kind: 'contradiction' } });
  });

  it('one that was left alone moves money that heals, and freezes nothing', () => {
    const alone = hearing([at(5n)]);
    expect(lowerBalances(alone, 'alone')).toEqual({ agreed: [at(5n)] });
    expect(equalBalances(alone, 'alone')).toMatchObject({ doubt: { kind: 'silent' } });
    expect(lowerBalances(alone, 'too_early')).toMatchObject({ doubt: { kind: 'silent' } });
    expect(equalBalances(alone, 'single_source')).toEqual({ agreed: [at(5n)] });
  });
});
