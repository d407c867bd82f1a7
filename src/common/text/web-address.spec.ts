import { describe, expect, it } from 'vitest';
import { webAddress } from './web-address.js';

describe('webAddress', () => {
  it.each([
    ['https://example.com/a.png', 'https://example.com/a.png'],
    ['https://EXAMPLE.com', 'https://example.com/'],
    ['https://cdn.example.co.uk/x?y=1#z', 'https://cdn.example.co.uk/x?y=1#z'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
    ['https://example.com/a\u202eb', 'https://example.com/a%E2%80%AEb'],
  ])('stores %s as %s', (given, stored) => {
    expect(webAddress(given)).toBe(stored);
  });

  it.each([
    'http://example.com/',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'https://user@example.com/',
    'https://:secret@example.com/',
    'https://localhost/',
    'https://printer.local/',
    'https://db.internal/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://example/',
    '//example.com/',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(200)}`,
    // Short when it is sent, long when every character is escaped.
    `https://example.com/${'ü'.repeat(60)}`,
    undefined,
    null,
    7,
  ])('refuses %j', (given) => {
    expect(webAddress(given)).toBeNull();
  });
});
