import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOURNALED_TABLES } from '#src/audit/journal/journaled-tables.js';
import { canonicalJson } from '#src/common/text/canonical-json.js';
import { canonicalJson as ofVerifier } from '../../verifier/verify.mjs';
import { byTopic, EVIDENCE_TABLES, fitting, type JournalLine, MAX_SEALS_A_PAGE } from './proof.js';

const lineOf = (nth: number): JournalLine => ({
  id: `${nth}`,
  ts: '',
  txid: '1',
  table: 'payouts',
  key: `${nth}`,
});

describe('a page of a proof', () => {
  it('goes on where the one before it ended, within its limits, until all lines are told', () => {
    const lines = fc.array(fc.option(fc.integer({ min: 1, max: 60 })), { maxLength: 120 });
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 50 }), (seals, limit) => {
        const all = seals.map((_, index) => lineOf(index + 1));
        const holders = new Map(
          seals.flatMap((seal, index) => (seal === null ? [] : [[`${index + 1}`, `${seal}`]])),
        );
        let left = all;
        const told: JournalLine[] = [];
        while (left.length > 0) {
          const page = fitting(left, limit, holders);
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(limit);
          const held = new Set(page.flatMap(({ id }) => holders.get(id) ?? []));
          expect(held.size).toBeLessThanOrEqual(MAX_SEALS_A_PAGE);
          told.push(...page);
          left = left.slice(page.length);
        }
        expect(told).toEqual(all);
      }),
    );
  });

  it('shows rows of journaled tables alone, and none that holds a key', () => {
    const journaled = JOURNALED_TABLES.map(({ table }) => table);
    const shown = EVIDENCE_TABLES.map(({ table }) => table);
    expect(journaled).toEqual(expect.arrayContaining(shown));
    for (const secret of ['escrows', 'admin_sessions']) expect(shown).not.toContain(secret);
    const record = { key: 'k', row: '{}', line: { id: '1', ts: '', txid: '1' }, sealId: null };
    const topics = byTopic(shown.map((table) => ({ ...record, table })));
    expect(Object.values(topics).flat()).toHaveLength(shown.length);
  });

  it('is hashed over the same text by the service and by the verifier', () => {
    const leaves = [fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)];
    const values = fc.object({ values: leaves, maxDepth: 2 });
    fc.assert(
      fc.property(values, (value) => {
        expect(ofVerifier(value)).toBe(canonicalJson(value as Parameters<typeof canonicalJson>[0]));
      }),
    );
  });
});
