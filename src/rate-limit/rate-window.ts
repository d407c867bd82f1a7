import { createHash } from 'node:crypto';
import type { RateLimit } from '#src/common/rate-limits.js';

/** A client's count in the window that is open now. */
export interface RateWindow {
  readonly hits: number;
  /** Until the window ends; at least 1. */
  readonly secondsLeft: number;
}

/** Counts one more hit; each implementation gives every hit another number. */
export interface WindowCounter {
  hit(key: string, windowSeconds: number): Promise<RateWindow>;
}

/** One request, counted by one policy. */
export interface RateCount extends RateWindow {
  /** Of RATE_LIMITS or PROVEN_LIMITS; the name of the policy in the headers. */
  readonly name: string;
  /** Whose count it is, as the refusal says it: `from one address`. */
  readonly scope: string;
  readonly limit: RateLimit;
}

export function isOver(count: RateCount): boolean {
  return count.hits > count.limit.limit;
}

/** True for the first refusal of a window: the one worth a row in the audit log. */
export function isFirstOver(count: RateCount): boolean {
  return count.hits === count.limit.limit + 1;
}

/**
 * True where the refusal of this request is one of too many: it is not worth a row in the audit log. A client leaves one row
 * in a window beyond its limit.
 */
export function isOneOfTooMany(counts: readonly RateCount[]): boolean {
  return counts.some((count) => isOver(count) && !isFirstOver(count));
}

/** The key of a counter: bounded in size, and the address cannot be read from it at a glance. */
export function windowKey(route: string, limitName: string, client: string): string {
  return createHash('sha256').update(`${route}|${limitName}|${client}`).digest('hex');
}

/** draft-ietf-httpapi-ratelimit-headers-11: every policy that the request was counted by. None: no headers. */
export function rateHeaders(counts: readonly RateCount[]): Record<string, string> {
  if (counts.length === 0) return {};
  const waits = counts.filter(isOver).map(({ secondsLeft }) => secondsLeft);
  return {
    'ratelimit-policy': counts.map(policyItem).join(', '),
    ratelimit: counts.map(restItem).join(', '),
    ...(waits.length === 0 ? {} : { 'retry-after': String(Math.max(...waits)) }),
  };
}

function policyItem({ name, limit: { limit, windowSeconds } }: RateCount): string {
  return `"${name}";q=${limit};w=${windowSeconds}`;
}

function restItem({ name, limit: { limit }, hits, secondsLeft }: RateCount): string {
  return `"${name}";r=${Math.max(0, limit - hits)};t=${secondsLeft}`;
}

/**
 * Who is counted: an IPv4 address, or the /64 of an IPv6 one, because a single line gets that many addresses.
 * @param ip as Node prints it: IPv6 lower-case and compressed, IPv4 possibly mapped (`::ffff:1.2.3.4`).
 */
export function clientOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = (ip.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...after];
  const network = all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
