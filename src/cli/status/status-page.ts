/** The page of `ops status`, for somebody who has never seen the system. */
import type { OverviewDto } from '#src/operations/overview.dto.js';
import { age, count, sol } from '#src/cli/text/words.js';
import type { Finding } from './finding.js';

const LONGEST_WHY = 240;

export interface StatusHead {
  readonly api: string;
  /** RFC 3339. */
  readonly at: string;
}

/** @param seen what is well, a line each */
export function statusPage(
  { api, at }: StatusHead,
  findings: readonly Finding[],
  seen: readonly string[],
): string {
  const urgent = findings.filter(({ urgency }) => urgency === 'act');
  const others = findings.filter(({ urgency }) => urgency === 'watch');
  const verdict =
    urgent.length === 0
      ? 'Nothing needs you.'
      : `${count(urgent.length, 'thing needs you', 'things need you')}:`;
  return [
    `Commit To Ship at ${api}, ${at}`,
    '',
    verdict,
    ...urgent.map((finding, index) => `\n${lines(finding, `${index + 1}. `, at)}`),
    ...(others.length === 0 ? [] : ['', 'Good to know:']),
    ...others.map((finding) => `\n${lines(finding, '-  ', at)}`),
    ...(seen.length === 0 ? [] : ['', 'Seen:', ...seen.map((line) => `   ${line}`)]),
  ].join('\n');
}

function lines({ what, why, since, next }: Finding, mark: string, at: string): string {
  return [
    `${mark}${what}`,
    `   why    ${shortened(why)}`,
    ...(since === undefined ? [] : [`   since  ${since} (${age(since, at)})`]),
    `   next   ${next}`,
  ].join('\n');
}

/** A page is read at a glance; --json has all of it. */
function shortened(text: string): string {
  return text.length <= LONGEST_WHY ? text : `${text.slice(0, LONGEST_WHY)}...`;
}

/** The figures behind the verdict, whatever it is. */
export function seenOf({ health, payouts, locks, feePayer, webhook, pauses }: OverviewDto): string[] {
  const parts = Object.entries(health.checks).map(([name, { status }]) => `${name} ${status}`);
  const endpoints = health.checks['rpc']?.endpoints ?? [];
  const counts = payouts.counts.map((one) => `${one.count} ${one.status}`);
  return [
    `health    ${health.status}: ${parts.join(', ')}`,
    ...endpoints.map(
      ({ endpoint, ok, slot, behind }) =>
        `rpc       ${endpoint} ${ok ? 'ok' : 'FAILS'}${place(slot, behind)}`,
    ),
    `payouts   ${counts.length === 0 ? 'none is unfinished' : counts.join(', ')}`,
    `pauses    ${pauses.length}`,
    `locks     ${locks.length}`,
    `fee payer ${feePayer === null ? 'not known' : feePayerText(feePayer)}`,
    `webhook   ${webhook.host === null ? 'none' : `${webhook.host}: ${webhook.pending} waiting, ${webhook.undeliverable} given up`}`,
  ];
}

function place(slot: number | undefined, behind: number | undefined): string {
  if (slot === undefined) return '';
  return behind === undefined || behind === 0 ? `, slot ${slot}` : `, slot ${slot}, ${behind} behind`;
}

function feePayerText({ address, balanceLamports }: NonNullable<OverviewDto['feePayer']>): string {
  return address === null
    ? 'none: each escrow pays its own fees'
    : `${address} holds ${sol(balanceLamports ?? 0)}`;
}
