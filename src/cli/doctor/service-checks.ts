/** The lines of the checklist that the running service answers; some only to a signed-in admin. */
import { VERSION } from '#config/version.js';
import type { ReadinessDto } from '#src/health/health.dto.js';
import { escrowKeysCheck } from '#src/cli/commands/escrow-commands.js';
import { webhooksTest } from '#src/cli/commands/webhook-commands.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { Alarm, type CommandContext, signedIn } from '#src/cli/session/command-support.js';
import { count } from '#src/cli/text/words.js';
import { type Check, fail, pass, tried, warn } from './check.js';

const TIMEOUT_MS = 30_000;
const WEBHOOK_WAIT_SECONDS = 30;

export async function serviceChecks(context: CommandContext, api: string): Promise<readonly Check[]> {
  const running = await tried('service', 'start it, or name it with --api URL', () => readinessOf(api));
  if (running.some(({ name, result }) => name === 'service' && result === 'fail')) return running;
  return [...running, ...(await asAdmin(context))];
}

async function readinessOf(api: string): Promise<readonly Check[]> {
  const live = await ask<{ version?: string }>(`${api}/health/live`);
  const { status, checks } = await ask<ReadinessDto>(`${api}/health/ready`);
  const failed = Object.entries(checks).filter(([, check]) => check.status === 'error');
  const found = failed.map(([name, { detail }]) => `${name}: ${detail ?? 'fails'}`).join('; ');
  const state =
    status === 'ok'
      ? pass('service', `ready at ${api}`)
      : status === 'degraded'
        ? warn('service', `degraded: ${found}`, 'ops status')
        : fail('service', `${status}: ${found}`, 'ops status');
  return [state, versionOf(live.version)];
}

function versionOf(running: string | undefined): Check {
  return running === VERSION
    ? pass('version', VERSION)
    : warn(
        'version',
        `the service is ${running ?? 'not known'}, this command line ${VERSION}`,
        'use the command line of the release that runs',
      );
}

async function asAdmin(context: CommandContext): Promise<readonly Check[]> {
  try {
    const { wallet } = (await signedIn(context).get('/admin/me')).body;
    return [
      pass('admin', `${String(wallet)} is signed in`),
      ...(await custody(context)),
      ...(await delivery(context)),
    ];
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const found = `${error.message.split('\n', 1)[0] ?? ''}: custody and webhook delivery were not checked`;
    return [warn('admin', found, 'ops login, then ops doctor again')];
  }
}

async function custody(context: CommandContext): Promise<readonly Check[]> {
  return tried('custody', 'ops escrow-keys check; RUNBOOK.md, ESCROW_DB_SECRET', async () => {
    const { checked } = (await escrowKeysCheck(context)) as { checked?: number };
    return [pass('custody', `${count(checked ?? 0, 'escrow key')} opened, each of its address`)];
  });
}

/** Sends an event that means nothing. */
async function delivery(context: CommandContext): Promise<readonly Check[]> {
  const { host } = (await signedIn(context).get('/admin/webhook-endpoint')).body;
  if (typeof host !== 'string') return [];
  return tried('webhook delivery', 'ops webhooks status; RUNBOOK.md, "Webhook"', async () => {
    const delivered = await webhooksTest({ ...context, waitSeconds: WEBHOOK_WAIT_SECONDS });
    return delivered instanceof Alarm
      ? [fail('webhook delivery', `${host} has not taken the test event`, 'ops webhooks list')]
      : [pass('webhook delivery', `${host} has taken a test event`)];
  });
}

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return (await response.json()) as T;
}
