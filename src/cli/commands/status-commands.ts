import type { ReadinessDto } from '#src/health/health.dto.js';
import type { OverviewDto } from '#src/operations/overview.dto.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { Alarm, apiOf, type CommandContext, signedIn, Told } from '#src/cli/session/command-support.js';
import type { Finding } from '#src/cli/status/finding.js';
import { findingsOf } from '#src/cli/status/findings.js';
import { healthFindings } from '#src/cli/status/health-findings.js';
import { seenOf, statusPage } from '#src/cli/status/status-page.js';
import { messageOf } from '#src/common/errors/errors.js';

const TIMEOUT_MS = 30_000;

/** What is stuck, why, since when, and which command comes next; exit code 1 when a person has to do something. */
export async function status(context: CommandContext): Promise<unknown> {
  const api = apiOf(context);
  const health = await askHealth(api);
  if (health === null) return page(api, [unreachable(api)], null);
  try {
    const overview = (await signedIn(context).get('/admin/overview')).body as unknown as OverviewDto;
    return page(api, findingsOf(overview), overview);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return page(api, [...healthFindings(health), half(error)], null);
  }
}

function page(api: string, findings: readonly Finding[], overview: OverviewDto | null): Told | Alarm {
  const at = overview?.at ?? new Date().toISOString();
  const seen = overview === null ? [] : seenOf(overview);
  const told = new Told({ api, at, findings, overview }, statusPage({ api, at }, findings, seen));
  return findings.some(({ urgency }) => urgency === 'act') ? new Alarm(told) : told;
}

/** The public report: it is there without a database and without a session. */
async function askHealth(api: string): Promise<ReadinessDto | null> {
  try {
    const response = await fetch(`${api}/health/ready`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return (await response.json()) as ReadinessDto;
  } catch {
    return null;
  }
}

function unreachable(api: string): Finding {
  return {
    urgency: 'act',
    what: 'The service does not answer',
    why: `GET ${api}/health/ready: no answer that could be read.`,
    next: 'is it running there? Look at its log, or name the API: ops status --api URL',
  };
}

/** Payouts, pauses and jobs are for admins: without a session, or without a database, only the health is known. */
function half(error: CliError): Finding {
  return {
    urgency: 'act',
    what: 'Only the health of the parts is known, nothing of payouts',
    why: messageOf(error).split('\n').join(' '),
    next:
      error.problem === undefined
        ? 'ops login, then ops status again'
        : 'mend the above, then ops status again',
  };
}
