import { describe, expect, it } from 'vitest';
import { explain, explainFailure } from './program-errors.js';
import { defaultUnits, MOST_UNITS, unitsAfter } from './compute-units.js';

const PUMP = '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P';
const AMM = 'pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA';

describe('a refusal by the programs of pump.fun', () => {
  it.each([
    ['curves', 6_002, 'TooMuchSolRequired: the price has risen'],
    ['curves', 6_049, 'CreatorMigratedToSharingConfig: the fees are shared'],
    ['curves', 6_093, 'CtoSharedVaultFrozen'],
    ['curves', 6_095, 'CreatorFeesNotSwept: fees wait in the coin'],
    ['pools', 6_047, 'CoinCreatorMigratedToSharingConfig: the fees are shared'],
    ['pools', 6_077, 'CreatorFeeNotConfigurableForQuote'],
    ['pools', 6_081, 'CreatorFeesNotSwept'],
    ['fees', 6_032, 'InvalidRemainingAccounts'],
    ['fees', 6_033, 'CreatorFeesNotSwept'],
    ['curves', 6_094, 'does not know'],
    ['fees', 5_999, 'does not know'],
  ] as const)('of the program of %s with %i', (program, code, words) => {
    expect(explain(program, code)).toContain(words);
  });

  it.each([
    [PUMP, '0x1783', '6019, InvalidCreator'],
    [AMM, '0x179f', '6047, CoinCreatorMigratedToSharingConfig'],
  ])('is found in the log of %s', (program, hex, words) => {
    const logs = ['Program log: hello', `Program ${program} failed: custom program error: ${hex}`];
    expect(explainFailure({ error: '{"InstructionError":[2,{"Custom":1}]}', logs })).toContain(words);
  });

  it('is told as the runtime tells it where no program of theirs has spoken', () => {
    expect(explainFailure({ error: 'AccountNotFound', logs: ['Program 111 failed: custom'] })).toBe(
      'AccountNotFound',
    );
    expect(explainFailure({ error: 'ProgramAccountNotFound', logs: [] })).toContain(
      'this cluster does not have',
    );
  });
});

describe('compute units', () => {
  it('are what the runtime allots by itself, until a simulation has told more', () => {
    expect(defaultUnits(1)).toBe(260_000);
    expect(defaultUnits(7)).toBe(MOST_UNITS);
    expect(unitsAfter(100_001)).toBe(140_002);
    expect(unitsAfter(1_390_000)).toBe(MOST_UNITS);
  });
});
