import { describe, expect, it } from 'vitest';
import type { Landing } from '#src/chain/port/chain.js';
import type { DeathFinding, Testimony, Witness } from '#src/chain/port/death.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import { resolutionOf } from './payout-resolution.js';

const asked = { signatures: ['older', 'ours'], signature: 'ours' };
const absent: Landing = { state: 'absent' };
const FINAL: SignatureStatus = { state: 'finalized', slot: 7n, error: null };

function witness(voice: string, status: SignatureStatus | null): Witness {
  if (status === null) return { endpoint: voice, voice, silence: 'HTTP 503' };
  const testimony: Partial<Testimony> = { statuses: [{ state: 'absent' }, status] };
  return { endpoint: voice, voice, testimony: testimony as Testimony };
}
const dead = (...witnesses: Witness[]): DeathFinding => ({
  verdict: 'dead',
  finalizedHeight: 9n,
  slot: 8n,
  rule: 'canary',
  witnesses,
});
const unknown = (...witnesses: Witness[]): DeathFinding => ({ verdict: 'unknown', reason: 'why', witnesses });

describe('T3, T15: what an admin may have decided about a payout', () => {
  it('is paid again only when the proof says dead and no voice shows the transaction', () => {
    expect(resolutionOf(asked, absent, dead(), false)).toMatchObject({ outcome: 'dead', rule: 'canary' });
    for (const landing of [
      { state: 'seen', reason: 'one shows it' },
      { state: 'disputed', reason: 'they differ' },
      { state: 'failed', slot: 1n, error: 'x' },
      { state: 'confirmed', slot: 1n, alone: true },
    ] as const)
      expect(resolutionOf(asked, landing, dead(), true).outcome).toBe('undecided');
    expect(resolutionOf(asked, absent, unknown(), false)).toMatchObject({
      outcome: 'undecided',
      reason: 'its state is absent; the proof that it is dead: why',
    });
  });

  it('has landed by two voices', () => {
    const landing = (state: 'confirmed' | 'finalized'): Landing => ({ state, slot: 5n });
    for (const state of ['confirmed', 'finalized'] as const)
      expect(resolutionOf(asked, landing(state), dead(), false)).toEqual({
        outcome: 'landed',
        state,
        slot: 5n,
      });
  });

  it('has landed by one where an admin wants that, and nobody who speaks says otherwise', () => {
    const seen: Landing = { state: 'confirmed', slot: 7n, alone: true };
    const one = unknown(witness('a', FINAL), witness('b', null));
    expect(resolutionOf(asked, seen, one, true)).toEqual({ outcome: 'landed', state: 'finalized', slot: 7n });
    expect(resolutionOf(asked, seen, one, false).outcome).toBe('undecided');
    for (const other of [
      { state: 'absent' },
      { ...FINAL, error: 'x' },
      { ...FINAL, slot: 8n },
      { ...FINAL, state: 'confirmed' },
    ] as const)
      expect(resolutionOf(asked, seen, unknown(witness('a', FINAL), witness('b', other)), true).outcome).toBe(
        'undecided',
      );
    expect(resolutionOf(asked, seen, unknown(witness('a', null)), true).outcome).toBe('undecided');
  });
});
