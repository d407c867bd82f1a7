import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { Environment, EnvironmentError, parseEnvironment, SETTING_NAMES } from './environment.js';
import { Settings } from './settings.js';

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
    ['ESCROW_DB_SECRET_PREVIOUS', `${'y'.repeat(32)},${'x'.repeat(31)}`],
    ['ESCROW_DB_SECRET_PREVIOUS', `["${'x'.repeat(40)}`],
    ['ESCROW_DB_SECRET_PREVIOUS', '[1]'],
    ['CRON_SECRET', 'x'.repeat(31)],
    ['METRICS_TOKEN', 'x'.repeat(31)],
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
    ['REWARD_APPROVAL_THRESHOLD', '0'],
    ['REWARD_APPROVAL_THRESHOLD', '20.5'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '-1'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '1e3'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '$400'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '0400'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '400.'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '400,5'],
    ['REWARD_APPROVAL_THRESHOLD_USD', '0.00'],
    ['REWARD_MIN_HOLDING_USD', '0x10'],
    ['REWARD_MIN_HOLDING_USD', '.5'],
    ['REWARD_MIN_HOLDING_USD', `0.${'1'.repeat(19)}`],
    ['REWARD_CLAIM_DELAY_SECONDS', '-1'],
    ['REWARD_VOTE_WINDOW_SECONDS', '1 day'],
    ['FAILURE_TREASURY_BPS', '10001'],
    ['FAILURE_TREASURY_BPS', '-1'],
    ['FAILURE_TREASURY_PUBKEY', 'nonsense'],
    ['AUDIT_WEBHOOK_URL', 'http://hooks.example.com/cts'],
    ['AUDIT_WEBHOOK_URL', 'https://user:password@hooks.example.com'],
  ])('refuses %s=%s and names it, without repeating the value of a secret', (name, value) => {
    const message = problemsOf({ ...production, [name]: value });
    expect(message).toContain(name);
    expect(message).not.toContain('x'.repeat(31));
  });

  it.each([
    [`${'a'.repeat(32)} , ${'b'.repeat(32)}`, ['a'.repeat(32), 'b'.repeat(32)]],
    [`["${'a,'.repeat(16)}", " ${'b'.repeat(32)}"]`, ['a,'.repeat(16), ` ${'b'.repeat(32)}`]],
    ['[]', []],
  ])('reads older secrets, comma separated or as JSON: %s', (given, secrets) => {
    const environment = parseEnvironment({ ...production, ESCROW_DB_SECRET_PREVIOUS: given });
    expect(environment.ESCROW_DB_SECRET_PREVIOUS).toEqual(secrets);
  });

  it('refuses an anchor that nobody pays for', () => {
    expect(problemsOf({ ...production, AUDIT_ANCHOR: 'memo' })).toContain(
      'ESCROW_FEE_PAYER_SECRET_KEY is required',
    );
    expect(problemsOf({ ...production, AUDIT_ANCHOR: 'none' })).toBe('');
  });

  it('M18: takes a fee payer in either form, and no key whose halves are of two wallets', () => {
    const halves = () => {
      const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
      return [d, x].map((half) => Buffer.from(String(half), 'base64url'));
    };
    const [[seed, own], [, foreign]] = [halves(), halves()];
    const whole = [...(seed ?? []), ...(own ?? [])];
    const mixed = [...(seed ?? []), ...(foreign ?? [])];
    for (const key of [JSON.stringify(whole), encodeBase58(Uint8Array.from(whole))])
      expect(problemsOf({ ESCROW_FEE_PAYER_SECRET_KEY: key })).toBe('');
    for (const key of [
      JSON.stringify(mixed),
      encodeBase58(Uint8Array.from(mixed)),
      '[1,2]',
      'x'.repeat(88),
    ]) {
      const message = problemsOf({ ESCROW_FEE_PAYER_SECRET_KEY: key });
      expect(message).toContain('ESCROW_FEE_PAYER_SECRET_KEY must be a Solana secret key');
      expect(message).not.toContain(key.slice(1, 20));
    }
  });

  it('accepts CTS_MOCK_MODE=false in production, and an empty value as unset', () => {
    expect(parseEnvironment({ ...production, CTS_MOCK_MODE: 'false', PORT: ' ' })).toMatchObject({
      PORT: 3000,
    });
  });

  it.each([
    [{}, '400', '20'],
    [{ REWARD_APPROVAL_THRESHOLD: '3', REWARD_MIN_HOLDING_USD: '0.1' }, '0.3', '0.1'],
    [
      { REWARD_APPROVAL_THRESHOLD: '7', REWARD_MIN_HOLDING_USD: '33.333333333333333333' },
      '233.333333333333333331',
      '33.333333333333333333',
    ],
    [{ REWARD_APPROVAL_THRESHOLD_USD: '399.50', REWARD_MIN_HOLDING_USD: '1.0' }, '399.5', '1'],
    [{ REWARD_APPROVAL_THRESHOLD_USD: '1', REWARD_MIN_HOLDING_USD: '0' }, '1', '0'],
  ])('makes of %j the threshold %s and the minimum %s, to the last digit', (given, threshold, minimum) => {
    const settings = new Settings(parseEnvironment(given));
    expect([settings.approvalThresholdUsd, settings.minHoldingUsd]).toEqual([threshold, minimum]);
  });

  it('refuses a bar that nobody would have to reach, and a treasury share for nobody', () => {
    expect(problemsOf({ REWARD_MIN_HOLDING_USD: '0' })).toContain(
      'REWARD_APPROVAL_THRESHOLD_USD is required',
    );
    expect(problemsOf({ FAILURE_TREASURY_BPS: '1' })).toContain('FAILURE_TREASURY_PUBKEY is required');
    expect(
      parseEnvironment({
        REWARD_CLAIM_DELAY_SECONDS: '0',
        FAILURE_TREASURY_BPS: '10000',
        FAILURE_TREASURY_PUBKEY: ADMIN,
      }),
    ).toMatchObject({ REWARD_CLAIM_DELAY_SECONDS: 0, FAILURE_TREASURY_PUBKEY: ADMIN });
  });

  it.each([
    [{ PRIVY_APP_ID: 'app' }, 'PRIVY_APP_SECRET is required with PRIVY_APP_ID'],
    [{ PRIVY_APP_SECRET: 'x'.repeat(31) }, 'PRIVY_APP_ID is required with PRIVY_APP_SECRET'],
    [
      { ESCROW_CUSTODY: 'privy' },
      'PRIVY_APP_ID and PRIVY_APP_SECRET are required when ESCROW_CUSTODY is privy',
    ],
    [{ PRIVY_AUTHORIZATION_PRIVATE_KEY: 'x'.repeat(120) }, 'is no P-256 private key'],
  ])('refuses %j: %s', (given, problem) => {
    const message = problemsOf(given);
    expect(message).toContain(problem);
    expect(message).toContain('1 problem)');
    expect(message).not.toContain('x'.repeat(31));
  });

  it.each([
    [{}, 'local', ['ESCROW_DB_SECRET']],
    [{ ESCROW_DB_SECRET: 'x'.repeat(32) }, 'local', []],
    [{ PRIVY_APP_ID: 'app', PRIVY_APP_SECRET: 'secret' }, 'local', ['ESCROW_DB_SECRET']],
    [
      { PRIVY_APP_ID: 'app', PRIVY_APP_SECRET: 'secret', ESCROW_CUSTODY: 'privy' },
      'privy',
      ['ESCROW_DB_SECRET'],
    ],
    [{ ...production, PRIVY_APP_ID: 'app', PRIVY_APP_SECRET: 'secret' }, 'privy', []],
    [
      { ...production, PRIVY_APP_ID: 'app', PRIVY_APP_SECRET: 'secret', ESCROW_CUSTODY: 'local' },
      'local',
      [],
    ],
    [production, 'local', []],
  ])('keeps new escrows, with %j, in %s custody, which lacks %j', (given, custody, missing) => {
    const settings = new Settings(parseEnvironment(given));
    expect([settings.custody, settings.missingForCustody]).toEqual([custody, missing]);
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
