import { present } from '#src/common/present.js';
import type { AuditRow } from '#src/audit/journal/audit-row.js';
import { NOBODY } from '#src/common/request-context.js';

/** Pure rules of the audit webhook: what is told, in which form, and when it is tried again. Times in milliseconds. */

export const DELIVERY_STATUSES = ['pending', 'delivered', 'undeliverable'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** How long a delivery is tried. The first attempt that fails after it is the last. */
export const GIVE_UP_AFTER_MS = 24 * HOUR;
/** A later event of a commitment waits for an earlier one until that has been tried this often (some ten minutes). */
export const ATTEMPTS_IN_ORDER = 8;

const FIRST_DELAY_MS = 5 * SECOND;
const MAX_DELAY_MS = HOUR;
const JITTER = 0.2;
/** Standard Webhooks asks for less than 20 kB. */
const MAX_PAYLOAD_BYTES = 19_000;

/**
 * Denials, failures and what admins do. The webhook's own troubles are not told through the webhook: each failure would make
 * the next event.
 */
export function isTold(event: string): boolean {
  if (event.startsWith('webhook_')) return false;
  return event.startsWith('admin_') || event.endsWith('_error') || event.endsWith('_denied');
}

/** Below 8 attempts at once: what strangers cause never takes all places from what concerns money or admins. */
export const ORDINARY_AT_ONCE = 4;

/** The lower, the sooner. */
export const URGENT = 0;
export const ORDINARY = 1;

/** What somebody who has proven nothing can cause waits behind all that concerns money and admins. */
export function priorityOf(event: string, actor: string): number {
  return actor === NOBODY && event.endsWith('_denied') ? ORDINARY : URGENT;
}

/** An audit row, as the receiver is told. */
export interface ToldEvent extends Omit<AuditRow, 'id'> {
  readonly auditId: AuditRow['id'];
}

/** The body, equal at every attempt. Fields that would make it too large are left out, and it says so. */
export function payloadOf(told: ToldEvent): string {
  const entries = Object.entries(told.fields);
  const whole = bodyOf(told, told.fields);
  if (Buffer.byteLength(whole) <= MAX_PAYLOAD_BYTES) return whole;
  const note = `some fields are too large for a webhook; audit log row ${told.auditId} has them all`;
  const kept: Record<string, unknown> = {};
  let room = MAX_PAYLOAD_BYTES - Buffer.byteLength(bodyOf(told, {}, note));
  for (const [name, value] of entries) {
    const size = Buffer.byteLength(JSON.stringify({ [name]: value })) + 1;
    if (size > room) continue;
    kept[name] = value;
    room -= size;
  }
  return bodyOf(told, kept, note);
}

function bodyOf(
  told: ToldEvent,
  fields: Readonly<Record<string, unknown>>,
  fieldsTruncated?: string,
): string {
  const { auditId, ts, event, actor, requestId, commitmentId, payoutId, signature } = told;
  return JSON.stringify({
    type: event,
    timestamp: ts.toISOString(),
    data: present({
      id: auditId,
      event,
      actor,
      requestId,
      commitmentId,
      payoutId,
      signature,
      fields,
      fieldsTruncated,
    }),
  });
}

/**
 * How long to wait after a failure: doubling from 5 s to 1 h, a fifth more or less so that not everything comes at once.
 * @param attempts made so far, at least 1
 * @param chance from 0 to 1
 */
export function backoffMs(attempts: number, chance: number): number {
  const base = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20), MAX_DELAY_MS);
  const delay = Math.round(base * (1 - JITTER + 2 * JITTER * chance));
  return Math.min(Math.max(delay, FIRST_DELAY_MS), MAX_DELAY_MS);
}

/** What a Retry-After header asks for, seconds or a date; 0 where it asks for nothing, and at most an hour. */
export function retryAfterMs(header: string | undefined, now: Date): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), MAX_DELAY_MS);
}
