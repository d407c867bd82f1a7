import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { KeyRing } from '#src/escrow/keys/key-ring.service.js';
import { deriveVaultKey } from '#src/escrow/keys/vault.js';

const [NEW, OLD, OLDEST] = ['new', 'old', 'oldest'].map((name) => `${name} `.repeat(12)) as [
  string,
  string,
  string,
];
const idOf = (secret: string) => deriveVaultKey(secret).id;
const ring = (env: Record<string, string>) => {
  const settings = new Settings(parseEnvironment(env));
  return new KeyRing(new ServerKeys(settings));
};

describe('the key ring', () => {
  it('seals with the newest secret and opens with all', () => {
    const keys = ring({
      ESCROW_DB_SECRET: NEW,
      ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([OLD, OLDEST]),
    });
    expect(keys.current.id).toBe(idOf(NEW));
    expect(keys.ids).toEqual([NEW, OLD, OLDEST].map(idOf));
    expect(keys.find(idOf(OLDEST))?.id).toBe(idOf(OLDEST));
    expect(keys.find('0123456789abcdef')).toBeUndefined();
  });

  it('counts a secret once that stands in both', () => {
    const keys = ring({
      ESCROW_DB_SECRET: NEW,
      ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([OLD, NEW, OLD]),
    });
    expect(keys.ids).toEqual([idOf(NEW), idOf(OLD)]);
  });

  it('makes no key without ESCROW_DB_SECRET, and still opens with the older ones', () => {
    const keys = ring({ ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([OLD]) });
    expect(keys.currentId).toBeNull();
    expect(() => keys.current).toThrow('ESCROW_DB_SECRET is not set');
    expect(keys.ids).toEqual([idOf(OLD)]);
    expect(ring({}).ids).toEqual([]);
  });
});
