/** What the person on call should know of a running service, the most urgent first. */
import type { OverdueJobDto, OverviewDto, WaitingRoundDto } from '#src/operations/overview.dto.js';
import type { PauseDto } from '#src/releases/pauses/pauses.dto.js';
import type { WebhookEndpointDto } from '#src/audit/webhook/webhook.dto.js';
import { count, oneLine } from '#src/cli/text/words.js';
import { alarmFindings } from './alarm-findings.js';
import type { Finding } from './finding.js';
import { healthFindings } from './health-findings.js';
import { pausedOf, payoutFindings } from './payout-findings.js';

const WEBHOOK_LATE_MS = 900_000;

export function findingsOf(overview: OverviewDto): Finding[] {
  const { at, health, pauses, payouts, waitingRounds, overdueJobs, webhook, alarms } = overview;
  const all = [
    ...healthFindings(health, ['jobs']),
    ...pauses.map((pause) => pauseFinding(pause, pausedOf(payouts.oldest))),
    ...payoutFindings(payouts, at),
    ...waitingRounds.map((round) => roundFinding(round, at, payouts.lateAfterSeconds)),
    ...overdueJobs.map(jobFinding),
    ...webhookFindings(webhook, at),
    ...alarmFindings(alarms),
  ];
  return all.toSorted((a, b) => Number(a.urgency === 'watch') - Number(b.urgency === 'watch'));
}

function pauseFinding(pause: PauseDto, waiting: number): Finding {
  const what = {
    all: 'All payouts are paused',
    commitment: `Payouts of commitment ${pause.commitmentId ?? ''} are paused`,
    purpose: `Payouts of purpose ${pause.purpose ?? ''} are paused`,
  }[pause.scope];
  const waits =
    waiting === 0 ? 'Nothing waits yet.' : `${count(waiting, 'payout waits', 'payouts wait')} for pauses.`;
  return {
    urgency: 'act',
    what,
    why: `By ${pause.createdBy}: ${oneLine(pause.reason)}. ${waits}`,
    since: pause.createdAt,
    next: `ops pauses end ${pause.id}, by another admin; it ends automatically at ${pause.endsAt}`,
  };
}

function roundFinding(
  { commitmentId, since, waitingFor }: WaitingRoundDto,
  now: string,
  lateAfterSeconds: number,
): Finding {
  const isLate = Date.parse(now) - Date.parse(since) >= lateAfterSeconds * 1_000;
  return {
    urgency: isLate ? 'act' : 'watch',
    what: `Later money of commitment ${commitmentId} is not shared out yet`,
    why: oneLine(waitingFor),
    since,
    next: `ops payouts list --commitment ${commitmentId}, then ops distributions show ${commitmentId}`,
  };
}

function jobFinding({ name, periodSeconds, lastSuccessAt, lastError }: OverdueJobDto): Finding {
  return {
    urgency: 'act',
    what: `Job ${name} is overdue: it should succeed every ${periodSeconds} s`,
    why: lastError === null ? 'No replica runs it, or a run hangs.' : oneLine(lastError),
    ...(lastSuccessAt === null ? {} : { since: lastSuccessAt }),
    next:
      lastError === null
        ? 'ops jobs; is JOBS_ENABLED set on a replica?'
        : 'ops jobs; it runs again automatically when the reason is gone',
  };
}

function webhookFindings(webhook: WebhookEndpointDto, now: string): Finding[] {
  const { host, disabledAt, disabledReason, undeliverable, pending, oldestPendingAt } = webhook;
  if (host === null) return [NO_WEBHOOK];
  if (disabledAt !== null)
    return [
      webhookFinding(
        'is switched off',
        disabledReason ?? 'It answered 410.',
        disabledAt,
        'ops webhooks enable, once the receiver is well',
      ),
    ];
  const late = oldestPendingAt !== null && Date.parse(now) - Date.parse(oldestPendingAt) > WEBHOOK_LATE_MS;
  const lateWhy = `${count(pending, 'event')} not taken by ${host}.`;
  const lost = `${count(undeliverable, 'event')} given up after 24 hours.`;
  return [
    ...(late ? [webhookFinding('is late', lateWhy, oldestPendingAt, 'ops webhooks list pending')] : []),
    ...(undeliverable > 0
      ? [
          webhookFinding(
            'has lost events',
            lost,
            undefined,
            'ops webhooks list undeliverable, then ops webhooks resend ID',
          ),
        ]
      : []),
  ];
}

const NO_WEBHOOK: Finding = {
  urgency: 'watch',
  what: 'Audit events are sent nowhere',
  why: 'AUDIT_WEBHOOK_URL is not set: nobody is told of alarms.',
  next: 'set AUDIT_WEBHOOK_URL and restart, then ops webhooks test',
};

function webhookFinding(what: string, why: string, since: string | undefined, next: string): Finding {
  return {
    urgency: 'act',
    what: `The audit webhook ${what}: alarms do not reach their receiver`,
    why: oneLine(why),
    ...(since === undefined ? {} : { since }),
    next,
  };
}
