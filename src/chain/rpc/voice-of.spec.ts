import { describe, expect, it } from 'vitest';
import { voicesOf } from './voice-of.js';

describe('voicesOf', () => {
  it.each([
    ['https://mainnet.helius-rpc.com/?api-key=x', 'helius-rpc.com'],
    ['https://solana-mainnet.g.alchemy.com/v2/x', 'alchemy.com'],
    ['https://a.rpc.provider.co.uk', 'provider.co.uk'],
    ['https://rpc.example.com.:8899', 'example.com'],
    ['https://node:8899', 'node'],
    ['http://10.0.0.7:8899', '10.0.0.7'],
    ['http://[fd00::7]:8899', 'fd00::7'],
    ['http://127.0.0.1:8899', '127.0.0.1:8899'],
    ['http://localhost:8900', 'localhost:8900'],
  ])('%s speaks as %s', (url, voice) => {
    expect(voicesOf([url])).toEqual([voice]);
  });

  it('two host names of one provider are one voice', () => {
    expect(new Set(voicesOf(['https://a.provider.io', 'https://b.provider.io/key'])).size).toBe(1);
  });

  it('an operator names voices as it knows them', () => {
    const urls = ['https://a.provider.io', 'https://own.example', 'https://b.provider.io'];
    expect(voicesOf(urls, ['one', 'two', 'one'])).toEqual(['one', 'two', 'one']);
  });
});
