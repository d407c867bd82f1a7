import { describe, expect, it } from 'vitest';
import { agreeOnLease, type LeaseWord } from './agreed-lease.js';
import type { Standing } from './hearing.js';

const OFFER = { blockhash: 'hash', slot: 1_000n };
const word = (height: bigint, isValid = true): LeaseWord => ({ isValid, height });
const said = (standing: Standing, ...words: readonly LeaseWord[]) =>
  agreeOnLease(
    OFFER,
    { words: words.map((answer, index) => ({ voice: `v${index}`, answer })), silences: [] },
    standing,
  );

describe('T1: agreeOnLease', () => {
  it('bounds the life of a blockhash by the highest height that a voice counts itself', () => {
    expect(said('many', word(900n), word(903n))).toEqual({
      agreed: {
        ...OFFER,
        heights: [
          { voice: 'v0', height: 900n },
          { voice: 'v1', height: 903n },
        ],
        lastValidBlockHeight: 1_053n,
      },
    });
  });

  it('is a contradiction where heights are more than 150 apart, or a voice denies the blockhash', () => {
    expect(said('many', word(900n), word(1_050n))).toHaveProperty('agreed');
    expect(said('many', word(900n), word(1_051n))).toMatchObject({ doubt: { kind: 'contradiction' } });
    expect(said('many', word(900n), word(900n, false))).toMatchObject({ doubt: { kind: 'contradiction' } });
    expect(said('single_source', word(900n, false))).toMatchObject({ doubt: { kind: 'contradiction' } });
  });

  it('one voice suffices where it is the only one, or was left alone long enough', () => {
    expect(said('single_source', word(900n))).toMatchObject({ agreed: { lastValidBlockHeight: 1_050n } });
    expect(said('alone', word(900n))).toHaveProperty('agreed');
    expect(said('too_early', word(900n))).toMatchObject({ doubt: { kind: 'silent' } });
    expect(said('none')).toMatchObject({ doubt: { kind: 'silent' } });
  });
});
