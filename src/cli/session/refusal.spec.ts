import { describe, expect, it } from 'vitest';
import { refusalText } from './refusal.js';

describe('a refusal of the API', () => {
  it('is told with every member', () => {
    const text = refusalText(422, {
      type: 'about:blank',
      status: 422,
      title: 'Escrow underfunded for this release',
      code: 'escrow_underfunded',
      detail: 'It holds too little.',
      balanceLamports: 5,
      lock: { payoutId: 'p1', clearable: false },
      errors: [{ path: 'milestones.0.title', message: 'title is missing' }],
      requestId: 'r1',
    });
    expect(text.split('\n')).toEqual([
      '422 Escrow underfunded for this release (escrow_underfunded)',
      '  It holds too little.',
      '  balanceLamports: 5',
      '  lock: {"payoutId":"p1","clearable":false}',
      '  milestones.0.title: title is missing',
      '  request id r1',
    ]);
  });
});
