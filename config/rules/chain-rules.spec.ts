import { describe, expect, it } from 'vitest';
import { chainProblems } from './chain-rules.js';

const problems = (NODE_ENV: string, ...SOLANA_RPC_URL: string[]) =>
  chainProblems({ NODE_ENV, SOLANA_RPC_URL }).join('\n');

describe('T1: an RPC endpoint over plain http', () => {
  it.each([
    'http://rpc.example.com/key',
    'http://8.8.8.8:8899',
    'http://172.32.0.1',
    'http://[2001:db8::1]:8899',
    'http://10.example.com',
  ])('is refused in production, and only there, without its path: %s', (url) => {
    const told = problems('production', 'https://rpc2.example.com', url);
    expect(told).toContain(`must be https in production for ${new URL(url).host}:`);
    expect(told).not.toContain('key');
    expect(told).not.toContain('rpc2');
    expect(problems('test', url)).toBe('');
  });

  it.each([
    'https://rpc.example.com',
    'http://127.0.0.1:8899',
    'http://localhost:8899',
    'http://[::1]:8899',
    'http://10.0.0.7:8899',
    'http://172.31.0.1',
    'http://192.168.1.2',
    'http://[fd00::1]:8899',
    'http://validator:8899',
    'http://validator.internal',
  ])('that nobody is on the way to is taken: %s', (url) => {
    expect(problems('production', url)).toBe('');
  });
});

describe('SOLANA_RPC_GROUPS', () => {
  it('names a provider for each endpoint', () => {
    const facts = { NODE_ENV: 'test', SOLANA_RPC_URL: ['https://a.example', 'https://b.example'] };
    expect(chainProblems({ ...facts, SOLANA_RPC_GROUPS: ['one'] })).toHaveLength(1);
    expect(chainProblems({ ...facts, SOLANA_RPC_GROUPS: ['one', 'one'] })).toEqual([]);
  });
});
