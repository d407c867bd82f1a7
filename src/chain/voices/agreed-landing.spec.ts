import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import { agreeOnLanding } from './agreed-landing.js';
import type { Standing } from './hearing.js';

const ABSENT: SignatureStatus = { state: 'absent' };
const at = (
  state: 'processed' | 'confirmed' | 'finalized',
  error: string | null = null,
  slot = 500n,
): SignatureStatus => ({ state, slot, error });
const FAILED = at('finalized', '"InsufficientFundsForFee"');

function said(standing: Standing, ...statuses: readonly SignatureStatus[]) {
  const words = statuses.map((answer, index) => ({ voice: `v${index}`, answer }));
  const silences =
    standing === 'alone' || standing === 'too_early' ? [{ voice: 'silent', reason: 'x', forMs: 1 }] : [];
  return agreeOnLanding({ words, silences }, standing);
}

describe('M3, T3: agreeOnLanding', () => {
  it.each([
    ['finalized', at('finalized'), at('finalized')],
    ['confirmed', at('finalized'), at('confirmed')],
    ['confirmed', at('confirmed'), at('confirmed')],
    ['seen', at('finalized'), ABSENT],
    ['seen', at('confirmed'), at('processed')],
    ['seen', at('processed'), ABSENT],
    ['absent', ABSENT, ABSENT],
    ['failed', FAILED, FAILED],
    ['seen', FAILED, ABSENT],
    ['seen', at('confirmed', '"x"'), at('confirmed', '"x"')],
    ['disputed', FAILED, at('finalized')],
  ] as const)('%s by two voices', (state, first, second) => {
    expect(said('many', first, second).state).toBe(state);
    expect(said('many', second, first).state).toBe(state);
  });

  it('the only configured voice decides by itself', () => {
    expect(said('single_source', at('finalized'))).toEqual({ state: 'finalized', slot: 500n });
    expect(said('single_source', FAILED)).toMatchObject({ state: 'failed', slot: 500n });
  });

  it('one that was left alone decides `confirmed`, and neither `finalized` nor a failure', () => {
    expect(said('alone', at('finalized'))).toEqual({ state: 'confirmed', slot: 500n, alone: true });
    expect(said('alone', at('confirmed')).state).toBe('confirmed');
    expect(said('alone', FAILED).state).toBe('seen');
  });

  it('one whose companion may come back any moment decides nothing', () => {
    expect(said('too_early', at('finalized')).state).toBe('seen');
    expect(said('too_early', FAILED).state).toBe('seen');
  });

  it('a slot counts if another voice tells nearly the same', () => {
    expect(said('many', at('finalized', null, 525n), at('finalized'))).toMatchObject({ slot: 525n });
    expect(said('many', at('finalized', null, 526n), at('finalized')).state).toBe('disputed');
  });

  it('of three voices one liar decides nothing, whatever it says', () => {
    const status = fc.oneof(
      fc.constant(ABSENT),
      fc.constant(FAILED),
      fc
        .tuple(
          fc.constantFrom('processed' as const, 'confirmed' as const, 'finalized' as const),
          fc.bigInt(0n, 10_000n),
        )
        .map(([state, slot]) => at(state, null, slot)),
    );
    fc.assert(
      fc.property(status, (lie) => {
        expect(['absent', 'seen']).toContain(said('many', lie, ABSENT, ABSENT).state);
        expect(said('many', lie, at('finalized'), at('finalized'))).toMatchObject({ state: 'finalized' });
        expect(said('many', lie, FAILED, FAILED).state).toBe('failed');
      }),
    );
  });
});
