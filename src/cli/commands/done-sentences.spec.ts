import { describe, expect, it } from 'vitest';
import { COMMANDS } from '#src/cli/command-table.js';
import { DONE_SENTENCES } from './done-sentences.js';

describe('the sentence that says what was done', () => {
  it('belongs to a command, and every signed act has one', () => {
    expect(Object.keys(DONE_SENTENCES).filter((name) => !(name in COMMANDS))).toEqual([]);
    const acts = Object.entries(COMMANDS).flatMap(([name, { dryRun }]) => (dryRun === true ? [name] : []));
    expect(acts.length).toBeGreaterThan(11);
    expect(acts.filter((name) => !(name in DONE_SENTENCES))).toEqual([]);
  });

  it('names amount, destination and signature of a payment, and says when there was none', () => {
    const say = DONE_SENTENCES['commitments success'];
    const payout = { id: 'p', amountLamports: 1_500_000_000, destination: 'W', status: 'confirmed' };
    expect(say?.({ ...payout, signature: 'S' })).toBe('1.5 SOL to W: payout p is confirmed, S.');
    expect(say?.(payout)).toBe('1.5 SOL to W: payout p is confirmed.');
    expect(say?.({ commitment: {} })).toBe('Done; there was nothing to pay.');
  });

  it.each([
    ['commitments sweep', { due: 1, settled: 1, refused: 0 }, '1 commitment was due: 1 settled, 0 refused.'],
    ['rewards normalize', { due: 2, unlocked: 1, held: 1 }, '2 milestones were due: 1 unlocked, 1 held.'],
    ['sessions end', { ended: 2 }, '2 sessions are ended.'],
    ['limits forgive', { forgiven: 1 }, '1 window forgiven.'],
    [
      'payouts resolve',
      { outcome: 'undecided', reason: 'b is silent' },
      'The outcome is undecided: b is silent.',
    ],
    [
      'commitments failure',
      { commitment: { id: 'c', status: 'failing', failureEffectiveAt: 'T' } },
      'The failure of commitment c is announced, and takes effect at T.',
    ],
    [
      'commitments failure',
      { commitment: { id: 'c', status: 'active' } },
      'Your word is kept: one more admin has to announce this failure.',
    ],
    ['commitments call-off', { id: 'c' }, 'The failure of commitment c is called off.'],
    ['payouts resolve', { outcome: 'landed', reason: null }, 'The outcome is landed.'],
  ])('%s of %j: %s', (name, result, sentence) => {
    expect(DONE_SENTENCES[name]?.(result)).toBe(sentence);
  });
});
