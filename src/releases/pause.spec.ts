import { describe, expect, it } from 'vitest';
import { misnamed } from './pause.js';

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
