import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actionState,
  balanceState,
  type ComparedAction,
  isFinding,
  LINE_STATES,
  type ReconciliationLine,
  totalsOf,
} from './reconciliation.js';

describe('balanceState', () => {
  it.each([
    [{ isOpen: true, promised: 10n, ledger: 10n, chain: 10n }, 'funded'],
    [{ isOpen: true, promised: 10n, ledger: 9n, chain: 9n }, 'underfunded'],
    [{ isOpen: true, promised: 10n, ledger: 11n, chain: 11n }, 'overfunded'],
    [{ isOpen: false, promised: 0n, ledger: 1n, chain: 1n }, 'stray'],
    [{ isOpen: false, promised: 0n, ledger: 0n, chain: 0n }, 'empty'],
    [{ isOpen: false, promised: 5n, ledger: 5n, chain: 5n }, 'funded'],
    [{ isOpen: true, promised: 10n, ledger: 9n, chain: 10n }, 'drift'],
    [{ isOpen: false, promised: 0n, ledger: 1n, chain: 0n }, 'drift'],
  ])('%o is %s', (escrow, state) => {
    expect(balanceState(escrow)).toBe(state);
  });
});

describe('isFinding', () => {
  const line = (state: ReconciliationLine['state'], chainLamports = 5n) => ({
    state,
    ledgerLamports: 3n,
    chainLamports,
  });

  it('takes a difference that may heal for a finding only when it has lasted two runs unchanged', () => {
    for (const state of ['drift', 'not_on_chain'] as const) {
      expect(isFinding(line(state), undefined)).toBe(false);
      expect(isFinding(line(state), line(state, 6n))).toBe(false);
      expect(isFinding(line(state), line('matched'))).toBe(false);
      expect(isFinding(line(state), line(state))).toBe(true);
    }
  });

  it('takes what no waiting heals for one at once, and the ordinary for none', () => {
    const found = LINE_STATES.filter((state) => isFinding(line(state), undefined));
    expect(found).toEqual(['unknown_outflow', 'payout_missing', 'altered', 'unauthorised', 'mismatch']);
  });
});

describe('actionState', () => {
  const ledger = { id: 'p', destination: 'D', lamports: 5n, drain: false, isPaid: true, isProven: true };
  const chain = { payoutId: 'p', destination: 'D', lamports: 5n, failed: false };
  const paid: ComparedAction = {
    told: { destination: 'D', lamports: 5n },
    payout: ledger,
    transaction: chain,
  };
  const payout = (change: object) => actionState({ ...paid, payout: { ...ledger, ...change } });
  const transaction = (change: object) => actionState({ ...paid, transaction: { ...chain, ...change } });

  it('M19: names each seeded fault, and invents none', () => {
    expect(actionState(paid)).toBe('matched');
    expect(payout({ isPaid: false })).toBe('under_way');
    expect(actionState({ ...paid, payout: null })).toBe('payout_missing');
    expect(actionState({ ...paid, transaction: null })).toBe('not_on_chain');
    expect(payout({ destination: 'T' })).toBe('altered');
    expect(payout({ lamports: 6n })).toBe('altered');
    expect(payout({ isProven: false })).toBe('altered');
    expect(transaction({ payoutId: 'q' })).toBe('mismatch');
    expect(transaction({ destination: 'T' })).toBe('mismatch');
    expect(transaction({ lamports: 4n })).toBe('mismatch');
    expect(transaction({ failed: true })).toBe('mismatch');
  });

  it('lets a drain pay another amount than was told when it was decided', () => {
    const drained = { ...paid, told: { destination: 'D', lamports: 4n } };
    expect(actionState(drained)).toBe('altered');
    expect(actionState({ ...drained, payout: { ...ledger, drain: true } })).toBe('matched');
  });
});

describe('totalsOf', () => {
  it('M19: is the sum of the lines', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount, fc.boolean())), (rows) => {
        const lines = rows.map(([ledgerLamports, chainLamports, isFinding_]) => ({
          commitmentId: null,
          subject: 's',
          state: 'funded' as const,
          ledgerLamports,
          chainLamports,
          isFinding: isFinding_,
          detail: null,
        }));
        const totals = totalsOf(lines);
        expect(totals.lines).toBe(rows.length);
        expect(totals.findings).toBe(rows.filter(([, , found]) => found).length);
        expect(totals.ledgerLamports).toBe(rows.reduce((sum, [ledger]) => sum + ledger, 0n));
        expect(totals.chainLamports).toBe(rows.reduce((sum, [, chain]) => sum + chain, 0n));
      }),
    );
  });
});
