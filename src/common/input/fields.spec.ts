import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { toFieldErrors, VALIDATION_OPTIONS } from './validation.js';
import { IsAddress, IsJsonLamports, IsTimestamp, SignedBody } from './fields.js';

const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';

class Probe {
  @IsAddress()
  readonly address: unknown = WALLET;

  @IsJsonLamports()
  readonly lamports: unknown = 1;

  @IsTimestamp()
  readonly time: unknown = '2026-11-22T10:00:00Z';

  @IsAddress({ optional: true })
  readonly fallback?: unknown;
}

/** Paths that are refused when one member of an otherwise good body is replaced. */
function refused(change: Record<string, unknown>): string[] {
  return toFieldErrors(validateSync(plainToInstance(Probe, change), VALIDATION_OPTIONS)).map(
    ({ path }) => path,
  );
}

describe('request fields', () => {
  it('take what they describe', () => {
    expect(refused({})).toEqual([]);
    expect(refused({ lamports: 9_007_199_254_740_991, fallback: WALLET })).toEqual([]);
  });

  it.each(['9007199254740993', 9_007_199_254_740_992, true, [5], '0x10', 0.5, 1e30, 0, -1, null, Number.NaN])(
    'V7: %j is no amount of lamports',
    (lamports) => {
      expect(refused({ lamports })).toEqual(['lamports']);
    },
  );

  it.each([
    null,
    7,
    '',
    '0'.repeat(44),
    '2'.repeat(42),
    'z'.repeat(44),
    [WALLET],
    `${WALLET}\n`,
    ` ${WALLET}`,
  ])('%j is no address', (address) => {
    expect(refused({ address })).toEqual(['address']);
  });

  it.each([
    null,
    1_795_341_600,
    '',
    'tomorrow',
    '2026-11-22',
    '2026-02-30T10:00:00Z',
    '2026-11-22T10:00:00+01:00',
  ])('%j is no time', (time) => {
    expect(refused({ time })).toEqual(['time']);
  });

  it('an optional field may be absent, but null is no value', () => {
    expect(refused({ fallback: null })).toEqual(['fallback']);
  });

  it('every member of a signed body is needed, as a text', () => {
    const errors = toFieldErrors(
      validateSync(plainToInstance(SignedBody, { signature: 5 }), VALIDATION_OPTIONS),
    );
    expect(errors.map(({ path }) => path).sort()).toEqual(['issuedAt', 'signature', 'wallet']);
  });
});
