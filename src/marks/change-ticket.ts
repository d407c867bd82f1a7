import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DerivedKey } from './derived-key.js';

const TICKET_BYTES = 16;

/** What a transaction of this service hands in with its COMMIT. It cannot be made without the secret, nor for another transaction. */
export function ticketFor(key: DerivedKey, txid: string): string {
  return macOf(key, txid).toString('base64url');
}

export function isTicketFor(key: DerivedKey, txid: string, ticket: string): boolean {
  const given = Buffer.from(ticket, 'base64url');
  return given.length === TICKET_BYTES && timingSafeEqual(given, macOf(key, txid));
}

function macOf(key: DerivedKey, txid: string): Buffer {
  return createHmac('sha256', key.bytes).update(`cts-change:${txid}`).digest().subarray(0, TICKET_BYTES);
}
