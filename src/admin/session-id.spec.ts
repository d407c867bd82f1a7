import { describe, expect, it } from 'vitest';
import { RandomIds } from '../common/ids.js';
import { hashSessionId, isSessionId, SESSION_ID_BYTES } from './session-id.js';

describe('session ids', () => {
  it('knows the form of its own ids', () => {
    expect(isSessionId(new RandomIds().token(SESSION_ID_BYTES))).toBe(true);
  });

  it('D4: takes no other value for an id, of whatever kind or size', () => {
    const others = [
      undefined,
      null,
      7,
      {},
      [],
      '',
      'a'.repeat(42),
      'a'.repeat(44),
      `${'a'.repeat(43)}\n`,
      '%00',
    ];
    expect([...others, 'a'.repeat(1_000_000), `${'a'.repeat(42)}=`].filter(isSessionId)).toEqual([]);
  });

  it('D7: stores a hash that is not the id and differs for every id', () => {
    const id = 'A'.repeat(43);
    expect(hashSessionId(id)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashSessionId(id)).not.toContain(id);
    expect(hashSessionId(id)).not.toBe(hashSessionId(`${'A'.repeat(42)}B`));
  });
});
