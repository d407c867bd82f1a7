import { parseSignInMessageText } from '@solana/wallet-standard-util';
import { describe, expect, it } from 'vitest';
import { type SignInMessageFields, buildSignInMessage } from './sign-in-message.js';

const fields: SignInMessageFields = {
  domain: 'localhost:3000',
  address: '4Nd1mYbq8ZQ4D6vRXHbS1nDRm6j8LyqZ5Uo9ZVJX5pXw',
  statement: 'Sign in as an administrator.',
  uri: 'http://localhost:3000',
  chainId: 'localnet',
  nonce: 'abcDEF123456',
  issuedAt: '2026-11-22T10:00:00.000Z',
  expirationTime: '2026-11-22T10:10:00.000Z',
};

describe('buildSignInMessage', () => {
  it('writes the Sign-In With Solana text', () => {
    expect(buildSignInMessage(fields)).toBe(
      [
        'localhost:3000 wants you to sign in with your Solana account:',
        fields.address,
        '',
        'Sign in as an administrator.',
        '',
        'URI: http://localhost:3000',
        'Version: 1',
        'Chain ID: localnet',
        'Nonce: abcDEF123456',
        'Issued At: 2026-11-22T10:00:00.000Z',
        'Expiration Time: 2026-11-22T10:10:00.000Z',
      ].join('\n'),
    );
  });

  it('is read back by wallets field by field', () => {
    expect(parseSignInMessageText(buildSignInMessage(fields))).toMatchObject({ ...fields, version: '1' });
  });

  it.each(Object.keys(fields))('refuses a line break in %s, which could pose as another field', (name) => {
    expect(() => buildSignInMessage({ ...fields, [name]: 'x\nNonce: 12345678' })).toThrow(TypeError);
    expect(() => buildSignInMessage({ ...fields, [name]: '' })).toThrow(TypeError);
  });

  it('refuses nonces that wallets would refuse', () => {
    expect(() => buildSignInMessage({ ...fields, nonce: 'short' })).toThrow(TypeError);
    expect(() => buildSignInMessage({ ...fields, nonce: 'with-dash-0123' })).toThrow(TypeError);
  });
});
