import { describe, expect, it } from 'vitest';
import { failureReason, walletKey, walletProblem } from './privy-answer.js';

const wallet = {
  id: 'wabc123',
  address: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
  chainType: 'solana',
};

describe('a wallet that Privy tells of', () => {
  it('is taken when it can be an escrow', () => {
    expect(walletProblem(wallet)).toBeNull();
  });

  it.each([
    [{ id: '' }, 'usable id'],
    [{ id: 'a/../b' }, 'usable id'],
    [{ id: undefined as unknown as string }, 'usable id'],
    [{ chainType: 'ethereum' }, 'not for Solana'],
    [{ address: '0x52908400098527886E0F7030069857D2E4169EE7' }, 'no Solana wallet'],
    [{ address: '3WuA22nd2HZCw7VQY5re3VVamA377N7eh7kkpdJbRPMF' }, 'no Solana wallet'],
    [{ address: undefined as unknown as string }, 'no Solana wallet'],
  ])('is refused with %j', (change, problem) => {
    expect(walletProblem({ ...wallet, ...change })).toContain(problem);
  });

  it('M17: is asked for by the same key for the same creation, and by no other', () => {
    expect(walletKey('one')).toBe(walletKey('one'));
    expect(walletKey('one')).not.toBe(walletKey('other'));
    expect(walletKey('x'.repeat(1_000)).length).toBeLessThanOrEqual(256);
  });
});

describe('a failure of Privy', () => {
  it.each([
    [{ status: 429, message: 'UPSTREAM' }, 'HTTP 429'],
    [{ status: 401, message: 'UPSTREAM' }, 'HTTP 401: PRIVY_APP_ID'],
    [{ type: 'client_error', message: 'UPSTREAM', cause: { name: 'TimeoutError' } }, 'no answer in time'],
    [new TypeError('fetch failed'), 'no connection'],
    [new TypeError("UPSTREAM: reading 'signed_transaction'"), 'an answer that cannot be used'],
    [{ status: 'UPSTREAM' }, 'an answer that cannot be used'],
    [undefined, 'an answer that cannot be used'],
  ])('is told in our own words: %j', (error, reason) => {
    expect(failureReason(error)).toContain(reason);
    expect(failureReason(error)).not.toContain('UPSTREAM');
  });
});
