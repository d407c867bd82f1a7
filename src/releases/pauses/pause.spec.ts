import { describe, expect, it } from 'vitest';
import { endOf, mayEnd, misnamed } from './pause.js';

describe('what a pause names', () => {
  it.each([
    ['all', null, null, null],
    ['all', 'id', null, 'commitmentId'],
    ['all', null, 'milestone_release', 'purpose'],
    ['commitment', 'id', null, null],
    ['commitment', null, null, 'commitmentId'],
    ['commitment', 'id', 'milestone_release', 'purpose'],
    ['purpose', null, 'milestone_release', null],
    ['purpose', null, null, 'purpose'],
    ['purpose', 'id', 'milestone_release', 'commitmentId'],
  ] as const)('%s with %s and %s: %s', (scope, commitmentId, purpose, expected) => {
    expect(misnamed({ scope, commitmentId, purpose })).toBe(expected);
  });
});

describe('T16: who may end a pause', () => {
  const pause = { createdBy: 'maker' };

  it.each([
    ['another admin', 'other', ['maker', 'other'], true],
    ['its maker, with another admin there', 'maker', ['maker', 'other'], false],
    ['its maker, alone', 'maker', ['maker'], true],
    ['its maker, when the other was revoked', 'maker', ['maker'], true],
    ['an admin, when its maker is none any more', 'other', ['other'], true],
  ] as const)('%s', (_, wallet, admins, expected) => {
    expect(mayEnd(pause, wallet, admins)).toBe(expected);
  });

  it('nobody has to: it ends after its longest time', () => {
    expect(endOf(new Date(1_000), 30)).toEqual(new Date(31_000));
  });
});
