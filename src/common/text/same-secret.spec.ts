import { describe, expect, it } from 'vitest';
import { isSameSecret } from './same-secret.js';

const SECRET = 'a'.repeat(31) + 'b';

describe('D6: the cron secret', () => {
  it('is right only as it is', () => {
    expect(isSameSecret(SECRET, SECRET)).toBe(true);
    for (const wrong of [
      '',
      SECRET.slice(0, -1),
      `${SECRET}b`,
      SECRET.toUpperCase(),
      ` ${SECRET}`,
      `${SECRET}, ${SECRET}`,
    ]) {
      expect(isSameSecret(wrong, SECRET), wrong).toBe(false);
    }
    for (const wrong of [undefined, null, 0, [SECRET], { toString: () => SECRET }]) {
      expect(isSameSecret(wrong, SECRET)).toBe(false);
    }
  });

  it('admits nobody where none is set', () => {
    for (const given of [undefined, '', 'undefined', SECRET])
      expect(isSameSecret(given, undefined)).toBe(false);
  });
});
