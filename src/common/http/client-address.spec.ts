import { describe, expect, it } from 'vitest';
import { bareAddress } from './client-address.js';

describe('the address of a client', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:50123', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('D2: %s is %s', (written, bare) => {
    expect(bareAddress(written)).toBe(bare);
  });

  it.each(['', 'unknown', '_hidden', '203.0.113', '203.0.113.7:', '[203.0.113.7', '1.2.3.4, 5.6.7.8'])(
    '%j is none',
    (written) => {
      expect(bareAddress(written)).toBeUndefined();
    },
  );
});
