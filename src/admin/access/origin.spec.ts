import { describe, expect, it } from 'vitest';
import { changesState, isRightOrigin } from './origin.js';

describe('the Origin rule', () => {
  it('counts every method but reads as changing state', () => {
    const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'get', 'PURGE'];
    const reads = methods.filter((method) => !changesState(method));
    expect(reads).toEqual(['GET', 'HEAD', 'OPTIONS', 'get']);
  });

  it('D4: takes the exact origin and nothing like it', () => {
    const own = 'https://app.example.com';
    const wrong = [
      undefined,
      '',
      'null',
      'https://app.example.com/',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://app.example.com.evil.example',
      'https://APP.example.com',
      'https://app.example.com, https://evil.example',
      ['https://app.example.com'],
    ];
    expect(isRightOrigin(own, own)).toBe(true);
    expect(wrong.filter((origin) => isRightOrigin(origin, own))).toEqual([]);
  });
});
