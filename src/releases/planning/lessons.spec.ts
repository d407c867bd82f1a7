import { describe, expect, it } from 'vitest';
import { isDustFailure, lessonsOf, type Tried } from './lessons.js';

const tried: Tried = {
  status: 'dead',
  error: null,
  source: 'escrow',
  feePayer: 'escrow',
  sourceBalanceLamports: 1_000n,
};
const rentError = (index: number) => `{"InsufficientFundsForRent":{"account_index":${index}}}`;

describe('what earlier attempts teach the next one', () => {
  it('T7: each that the network has let die counts, and no other one', () => {
    const [failed, abandoned] = [
      { ...tried, status: 'failed' } as const,
      { ...tried, status: 'abandoned' } as const,
    ];
    expect(lessonsOf([tried, failed, abandoned, tried]).deaths).toBe(2);
    expect(lessonsOf([]).deaths).toBe(0);
  });

  it('R3: what died has met dust where more is there than it was planned on', () => {
    expect(lessonsOf([tried]).isDusted(1_000n)).toBe(false);
    expect(lessonsOf([tried]).isDusted(1_001n)).toBe(true);
    expect(lessonsOf([{ ...tried, sourceBalanceLamports: null }]).isDusted(1_001n)).toBe(false);
    expect(lessonsOf([{ ...tried, status: 'abandoned' }]).isDusted(1_001n)).toBe(false);
  });

  it('R3: so has what failed on chain because its source kept too little', () => {
    const failed = { ...tried, status: 'failed', error: rentError(0) } as const;
    expect(lessonsOf([failed]).isDusted(0n)).toBe(true);
    expect(lessonsOf([{ ...failed, feePayer: 'other' }]).isDusted(0n)).toBe(false);
    expect(lessonsOf([{ ...failed, error: null }]).isDusted(0n)).toBe(false);
  });

  it.each([
    ['its own source pays', 'escrow', rentError(0), true],
    ['its own source pays, and the destination is too poor', 'escrow', rentError(1), false],
    ['a fee payer pays', 'payer', rentError(1), true],
    ['a fee payer pays, and is too poor itself', 'payer', rentError(0), false],
    ['something else went wrong', 'escrow', '{"InstructionError":[2,{"Custom":1}]}', false],
    ['the error is none of the runtime', 'escrow', '"InsufficientFundsForRent"', false],
  ])('R3: an error on chain where %s', (_, feePayer, error, isDust) => {
    expect(isDustFailure({ source: 'escrow', feePayer }, error)).toBe(isDust);
  });
});
