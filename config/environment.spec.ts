import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Environment, EnvironmentError, parseEnvironment, SETTING_NAMES } from './environment.js';

const ADMIN = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://user:password@db.example.com:5432/cts',
  ESCROW_DB_SECRET: 'x'.repeat(32),
  ADMIN_WALLET_PUBKEYS: ADMIN,
  APP_ORIGIN: 'https://app.example.com',
  SOLANA_RPC_URL: 'https://rpc.example.com/key, https://rpc2.example.com',
};

function problemsOf(source: Record<string, string>): string {
  try {
    parseEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return '';
}

describe('environment', () => {
  it('parses a whole production environment into a frozen, typed object', () => {
    const environment = parseEnvironment({
      ...production,
      PORT: '8080',
      JOBS_ENABLED: 'false',
      UNKNOWN: 'ignored',
    });
    expect(environment).toMatchObject({ PORT: 8080, JOBS_ENABLED: false, ADMIN_WALLET_PUBKEYS: [ADMIN] });
    expect(environment.SOLANA_RPC_URL).toEqual(['https://rpc.example.com/key', 'https://rpc2.example.com']);
    expect(Object.isFrozen(environment)).toBe(true);
    expect('UNKNOWN' in environment).toBe(false);
  });

  it('names everything that production lacks in one message', () => {
    const message = problemsOf({ NODE_ENV: 'production', CTS_MOCK_MODE: 'true' });
    const names = [
      'DATABASE_URL',
      'ESCROW_DB_SECRET',
      'ADMIN_WALLET_PUBKEYS',
      'APP_ORIGIN',
      'SOLANA_RPC_URL',
      'CTS_MOCK_MODE',
    ];
    for (const name of names) expect(message).toContain(name);
    expect(message).toContain('6 problems');
  });

  it.each([
    ['ESCROW_DB_SECRET', 'x'.repeat(31)],
    ['CRON_SECRET', 'x'.repeat(31)],
    ['CRON_SECRET', `${'x'.repeat(31)} ${'x'.repeat(31)}`],
    ['ADMIN_WALLET_PUBKEYS', `${ADMIN},nonsense`],
    ['ADMIN_WALLET_PUBKEYS', ','],
    ['APP_ORIGIN', 'https://app.example.com/'],
    ['APP_ORIGIN', 'app.example.com'],
    ['SOLANA_RPC_URL', 'wss://rpc.example.com'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_SSL', 'maybe'],
    ['PORT', '3000.5'],
    ['PORT', '70000'],
    ['TRUST_PROXY', '-1'],
    ['CTS_MOCK_MODE', 'maybe'],
    ['JOBS_ENABLED', 'sometimes'],
    ['PAYOUT_WAIT_SECONDS', '1e1'],
  ])('refuses %s=%s and names it, without repeating the value of a secret', (name, value) => {
    const message = problemsOf({ ...production, [name]: value });
    expect(message).toContain(name);
    expect(message).not.toContain('x'.repeat(31));
  });

  it('accepts CTS_MOCK_MODE=false in production, and an empty value as unset', () => {
    expect(parseEnvironment({ ...production, CTS_MOCK_MODE: 'false', PORT: ' ' })).toMatchObject({
      PORT: 3000,
    });
  });

  it('N7: .env.example documents every setting with its default, and no other', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const documented = [...example.matchAll(/^#([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const defaults = Object.entries(new Environment()).map(([name, value]) => [name, String(value ?? '')]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defaults));
    expect(documented).toHaveLength(SETTING_NAMES.length);
  });
});
