import { describe, expect, it } from 'vitest';
import { messageParams, pathParams, splitBody } from './admin-act.js';

describe('an admin’s signed request', () => {
  const proof = { wallet: 'w', issuedAt: 't', signature: 's' };

  it('is taken apart into its proof and the rest', () => {
    expect(splitBody({ ...proof, reason: 'late' })).toEqual({ proof, rest: { reason: 'late' } });
    expect(splitBody({ ...proof })).toEqual({ proof, rest: {} });
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { wallet: 'w' },
    { ...proof, signature: '' },
    { ...proof, wallet: 7 },
    { ...proof, issuedAt: null },
  ])('%j proves nothing', (body) => {
    expect(splitBody(body).proof).toBeNull();
  });

  it('names the ids of its path as the message does', () => {
    expect(pathParams('/admin/pauses/:pauseId', { id: '1' })).toEqual({ pauseId: '1' });
    expect(
      pathParams('/commitments/:commitmentId/milestones/:milestoneId', { id: '1', milestoneId: '2' }),
    ).toEqual({ commitmentId: '1', milestoneId: '2' });
    expect(pathParams('/admin/pauses', {})).toEqual({});
  });

  it('signs what was given, and the act before it where it belongs to a commitment', () => {
    expect(messageParams({ a: 1, b: undefined }, undefined)).toEqual({ a: 1 });
    expect(messageParams({ a: 1 }, null)).toEqual({ a: 1, after: null });
    expect(messageParams({ a: 1 }, 'ff')).toEqual({ a: 1, after: 'ff' });
  });
});
