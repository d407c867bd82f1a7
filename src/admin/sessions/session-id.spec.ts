import { describe, expect, it } from 'vitest';
import { RandomIds } from '#src/common/ids.js';
import { hashSessionId, isGenuine, isSessionId, macOfSession, SESSION_ID_BYTES } from './session-id.js';

const [KEY, OTHER] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

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
    expect(hashSessionId(id, KEY)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashSessionId(id, KEY)).not.toContain(id);
    expect(hashSessionId(id, KEY)).not.toBe(hashSessionId(`${'A'.repeat(42)}B`, KEY));
  });

  it('T8: a session that was made or changed without the key of the server is none', () => {
    const row = {
      idHash: hashSessionId('A'.repeat(43), KEY),
      wallet: 'W',
      createdAt: new Date(1_000),
      expiresAt: new Date(2_000),
    };
    const mac = macOfSession(row, KEY);
    expect(hashSessionId('A'.repeat(43), OTHER)).not.toBe(row.idHash);
    expect(isGenuine({ ...row, mac }, KEY)).toBe(true);
    expect(isGenuine({ ...row, mac }, OTHER)).toBe(false);
    const changes = [
      { wallet: 'V' },
      { expiresAt: new Date(3_000) },
      { idHash: 'b'.repeat(64) },
      { mac: '' },
    ];
    for (const change of changes) expect(isGenuine({ ...row, mac, ...change }, KEY)).toBe(false);
  });
});
