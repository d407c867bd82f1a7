import { describe, expect, it } from 'vitest';
import { accountHeads } from './account-heads.js';

const OWNER = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const ACCOUNT = { lamports: 5, owner: OWNER, executable: false, space: 165, data: ['', 'base64'] };
const answered = (...value: unknown[]) => ({ context: { slot: 7 }, value });

describe('accounts in an answer', () => {
  it('are read in the order of the question, and null is none', () => {
    const system = { ...ACCOUNT, owner: '1'.repeat(32), space: 0 };
    expect(accountHeads(answered(ACCOUNT, null, system))).toEqual({
      slot: 7n,
      heads: [
        { lamports: 5n, owner: OWNER, executable: false, dataLength: 165 },
        null,
        { lamports: 5n, owner: '1'.repeat(32), executable: false, dataLength: 0 },
      ],
    });
  });

  it.each([
    ['nothing', undefined],
    ['no context', { value: [null] }],
    ['a slot that is none', { context: { slot: '7' }, value: [null] }],
    ['no list', { context: { slot: 7 }, value: { 0: null } }],
    ['a hole', answered(undefined)],
    ['a text', answered('account')],
    ['lamports below zero', answered({ ...ACCOUNT, lamports: -1 })],
    ['lamports as a text', answered({ ...ACCOUNT, lamports: '5' })],
    ['half a lamport', answered({ ...ACCOUNT, lamports: 0.5 })],
    ['an owner that is no address', answered({ ...ACCOUNT, owner: 'nobody' })],
    ['an owner that is short', answered({ ...ACCOUNT, owner: '11111' })],
    ['no owner', answered({ ...ACCOUNT, owner: null })],
    ['an executable that is a number', answered({ ...ACCOUNT, executable: 0 })],
    ['no space', answered({ ...ACCOUNT, space: undefined })],
  ])('with %s are refused', (_, answer) => {
    expect(() => accountHeads(answer)).toThrow(/in the answer is none/);
  });
});
