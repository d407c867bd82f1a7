import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { countsOf, outcomeOfRefusal, SWEEP_OUTCOMES } from './sweep.js';

describe('what a sweep reports', () => {
  it('counts each outcome once, and what somebody else was faster with only as due', () => {
    const items = [...SWEEP_OUTCOMES, 'settled' as const].map((outcome) => ({ outcome }));
    expect(countsOf(items)).toEqual({ due: 5, settled: 2, empty: 1, refused: 1 });
    expect(countsOf([])).toEqual({ due: 0, settled: 0, empty: 0, refused: 0 });
  });

  it('tells what was decided elsewhere from what could not be paid', () => {
    const codes = Object.keys(ERROR_TABLE);
    const lost = codes.filter((code) => outcomeOfRefusal(code) === 'lost');
    expect(lost).toEqual(['deadline_not_passed', 'already_resolved', 'already_failing']);
    expect(outcomeOfRefusal('rpc_unavailable')).toBe('refused');
  });
});
