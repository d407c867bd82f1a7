/** The lines of the checklist that the settings alone answer. */
import { type Environment, EnvironmentError, parseEnvironment } from '#config/environment.js';
import type { SettingsSource } from '#config/load.js';
import { siteOf } from '#src/chain/rpc/voice-of.js';
import { count } from '#src/cli/text/words.js';
import { type Check, fail, pass, warn } from './check.js';

const TRUE = /^(true|1|yes)$/i;

/** @param api base URL of the API that is meant */
export function settingsChecks(source: SettingsSource, api: string): Check[] {
  const parsed = parse(source);
  return [
    ...(parsed instanceof EnvironmentError ? parsed.problems.map(problem) : [validOf(parsed)]),
    modeOf(source),
    mockModeOf(source),
    ...secretsOf(source),
    adminsOf(source),
    originOf(source, api),
    webhookOf(source),
    metricsOf(source),
  ];
}

function parse(source: SettingsSource): Environment | EnvironmentError {
  try {
    return parseEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
}

function problem(text: string): Check {
  return fail('settings', text, 'correct it; .env.example explains every setting');
}

function validOf(environment: Environment): Check {
  return pass('settings', `valid for NODE_ENV=${environment.NODE_ENV}`);
}

function modeOf({ NODE_ENV: mode }: SettingsSource): Check {
  return mode === 'production'
    ? pass('mode', 'production')
    : warn(
        'mode',
        `NODE_ENV is ${mode ?? 'not set'}: the rules of production were not applied`,
        'set NODE_ENV=production',
      );
}

function mockModeOf({ CTS_MOCK_MODE: mock }: SettingsSource): Check {
  return TRUE.test(mock ?? '')
    ? fail('mock mode', 'CTS_MOCK_MODE is on: database and chain are thrown away', 'unset CTS_MOCK_MODE')
    : pass('mock mode', 'off');
}

function secretsOf({ ESCROW_DB_SECRET, ESCROW_DB_SECRET_PREVIOUS }: SettingsSource): Check[] {
  const secret = ESCROW_DB_SECRET?.trim()
    ? pass('escrow secret', 'set; keep a copy apart from the backups of the database')
    : fail('escrow secret', 'ESCROW_DB_SECRET is not set', 'set it: openssl rand -base64 48');
  if (!ESCROW_DB_SECRET_PREVIOUS?.trim()) return [secret];
  const found = 'ESCROW_DB_SECRET_PREVIOUS is set: a rotation has not come to its end';
  return [secret, warn('escrow secret', found, 'ops escrow-keys rotate, and RUNBOOK.md, ESCROW_DB_SECRET')];
}

function adminsOf({ ADMIN_WALLET_PUBKEYS }: SettingsSource): Check {
  const wallets = (ADMIN_WALLET_PUBKEYS ?? '').split(',').filter((one) => one.trim() !== '');
  if (wallets.length === 0)
    return fail('admin wallets', 'ADMIN_WALLET_PUBKEYS is not set', 'name the wallets, comma separated');
  if (wallets.length > 1) return pass('admin wallets', count(wallets.length, 'wallet'));
  return warn(
    'admin wallets',
    'one wallet: nobody else can shut it out or decide beside it',
    'add a second admin',
  );
}

/** The session cookie is SameSite=Strict: a web app of another site cannot send it. */
function originOf({ APP_ORIGIN }: SettingsSource, api: string): Check {
  if (!APP_ORIGIN || !URL.canParse(APP_ORIGIN))
    return fail('origin', 'APP_ORIGIN is not set', 'set it to the origin of the web app');
  const [app, service] = [siteOf(APP_ORIGIN), siteOf(api)];
  if (app === service) return pass('origin', `${APP_ORIGIN}, of the same site as ${api}`);
  const found = `${APP_ORIGIN} is of site ${app}, the API ${api} of ${service}: browsers send no session cookie`;
  return warn('origin', found, 'serve both below one domain, or name the public API with --api');
}

function webhookOf({ AUDIT_WEBHOOK_URL, AUDIT_WEBHOOK_SECRET }: SettingsSource): Check {
  if (!AUDIT_WEBHOOK_URL)
    return warn(
      'webhook',
      'AUDIT_WEBHOOK_URL is not set: nobody is told of alarms',
      'set it, and AUDIT_WEBHOOK_SECRET',
    );
  if (!AUDIT_WEBHOOK_SECRET)
    return warn(
      'webhook',
      'events are not signed: the receiver cannot tell them from forged ones',
      'set AUDIT_WEBHOOK_SECRET',
    );
  return pass('webhook', `set, signed; ${new URL(AUDIT_WEBHOOK_URL).host}`);
}

function metricsOf({ METRICS_TOKEN }: SettingsSource): Check {
  return METRICS_TOKEN
    ? pass('metrics', 'for who has METRICS_TOKEN')
    : warn(
        'metrics',
        'anybody who reaches /metrics may read it',
        'set METRICS_TOKEN, or keep /metrics behind the proxy',
      );
}
