import { createHash, timingSafeEqual } from 'node:crypto';

/** True for the secret itself. Takes the same time for every wrong one, of whatever length; without a secret nothing is right. */
export function isSameSecret(given: unknown, secret: string | undefined): boolean {
  if (typeof given !== 'string' || secret === undefined) return false;
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
