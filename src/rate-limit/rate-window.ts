import { createHash } from 'node:crypto';
import type { RateLimit } from '../common/rate-limits.js';

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

/** One request, counted. */
export interface RateCount extends RateWindow {
  readonly name: string;
  readonly limit: RateLimit;
}

export function isOver(count: RateCount): boolean {
  return count.hits > count.limit.limit;
}

/** True for the first refusal of a window: the one worth a row in the audit log. */
export function isFirstOver(count: RateCount): boolean {
  return count.hits === count.limit.limit + 1;
}

/** The key of a counter: bounded in size, and the address cannot be read from it at a glance. */
export function windowKey(route: string, limitName: string, client: string): string {
  return createHash('sha256').update(`${route}|${limitName}|${client}`).digest('hex');
}

/** draft-ietf-httpapi-ratelimit-headers-11. */
export function rateHeaders(count: RateCount): Record<string, string> {
  const { limit, windowSeconds } = count.limit;
  const left = Math.max(0, limit - count.hits);
  return {
    'ratelimit-policy': `"${count.name}";q=${limit};w=${windowSeconds}`,
    ratelimit: `"${count.name}";r=${left};t=${count.secondsLeft}`,
    ...(isOver(count) ? { 'retry-after': String(count.secondsLeft) } : {}),
  };
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
