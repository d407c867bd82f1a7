import { describe, expect, it } from 'vitest';
import { present } from './present.js';

describe('present', () => {
  it('leaves out what is null or undefined, and nothing else', () => {
    const members = { id: 'a', count: 0, text: '', no: false, gone: null, unknown: undefined, list: [null] };
    expect(Object.entries(present(members))).toEqual([
      ['id', 'a'],
      ['count', 0],
      ['text', ''],
      ['no', false],
      ['list', [null]],
    ]);
  });
});
