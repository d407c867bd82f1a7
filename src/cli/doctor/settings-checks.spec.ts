import { describe, expect, it } from 'vitest';
import { doctorPage } from './doctor-page.js';
import { settingsChecks } from './settings-checks.js';

const API = 'https://api.example.com';
const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const OTHER = 'So11111111111111111111111111111111111111112';

const GOOD = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://cts_app:x@db.example.com/cts',
  ESCROW_DB_SECRET: 's'.repeat(40),
  ADMIN_WALLET_PUBKEYS: `${WALLET},${OTHER}`,
  APP_ORIGIN: 'https://app.example.com',
  SOLANA_RPC_URL: 'https://rpc.example.com',
  AUDIT_WEBHOOK_URL: 'https://hooks.example.com/x',
  AUDIT_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  METRICS_TOKEN: 'm'.repeat(40),
};

const found = (source: Record<string, string | undefined>, api = API) =>
  settingsChecks(source, api)
    .filter(({ result }) => result !== 'pass')
    .map(({ name, result, mend }) => [name, result, mend !== undefined]);

describe('ops doctor, of the settings', () => {
  it('passes a production that is set up well', () => {
    expect(found(GOOD)).toEqual([]);
  });

  it.each([
    ['NODE_ENV', 'development', 'mode', 'warn'],
    ['ESCROW_DB_SECRET_PREVIOUS', 'o'.repeat(40), 'escrow secret', 'warn'],
    ['ADMIN_WALLET_PUBKEYS', WALLET, 'admin wallets', 'warn'],
    ['APP_ORIGIN', 'https://app.example.net', 'origin', 'warn'],
    ['AUDIT_WEBHOOK_SECRET', undefined, 'webhook', 'warn'],
    ['METRICS_TOKEN', undefined, 'metrics', 'warn'],
  ])('%s as %s is found in line "%s"', (setting, value, name, result) => {
    expect(found({ ...GOOD, [setting]: value })).toEqual([[name, result, true]]);
  });

  it.each(['DATABASE_URL', 'ESCROW_DB_SECRET', 'ADMIN_WALLET_PUBKEYS', 'APP_ORIGIN', 'SOLANA_RPC_URL'])(
    'without %s production fails',
    (setting) => {
      expect(found({ ...GOOD, [setting]: undefined })).toContainEqual(['settings', 'fail', true]);
    },
  );

  it('fails a mock mode, and names every other problem beside it', () => {
    const all = found({ ...GOOD, CTS_MOCK_MODE: 'true', CRON_SECRET: 'short' });
    expect(all).toContainEqual(['mock mode', 'fail', true]);
    expect(all.filter(([name]) => name === 'settings')).toHaveLength(2);
  });

  it('counts all of this machine as one site', () => {
    const local = { ...GOOD, NODE_ENV: 'test', APP_ORIGIN: 'http://localhost:5173' };
    expect(found(local, 'http://127.0.0.1:3000')).toEqual([['mode', 'warn', true]]);
  });

  it('never shows a secret', () => {
    const page = doctorPage(settingsChecks({ ...GOOD, CRON_SECRET: 'short' }, API));
    for (const secret of ['s'.repeat(40), 'm'.repeat(40), 'whsec_', 'cts_app:x'])
      expect(page).not.toContain(secret);
    expect(page).toMatch(/1 failure, 0 warnings, \d+ passed\.$/);
    expect(page).toMatch(/^FAIL {2}settings .*CRON_SECRET.*\n +mend: /m);
  });
});
