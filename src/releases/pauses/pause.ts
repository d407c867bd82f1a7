/** Pauses of payouts: what one covers, and how it is told. */
import type { Purpose } from '#src/releases/payouts/purpose.js';

export const PAUSE_SCOPES = ['all', 'commitment', 'purpose'] as const;
export type PauseScope = (typeof PAUSE_SCOPES)[number];

/** Every pause names what it stops by exactly the member that its scope asks for. */
export interface PauseTarget {
  readonly scope: PauseScope;
  readonly commitmentId: string | null;
  readonly purpose: Purpose | null;
}

/** A member that the scope asks for and that is missing, or that it has no use for; null when all is well. */
export function misnamed({ scope, commitmentId, purpose }: PauseTarget): 'commitmentId' | 'purpose' | null {
  if ((scope === 'commitment') !== (commitmentId !== null)) return 'commitmentId';
  if ((scope === 'purpose') !== (purpose !== null)) return 'purpose';
  return null;
}

const PREFIX = 'paused by ';

/** What a payout waits for while a pause covers it. */
export function pausedText({ createdBy, reason }: { createdBy: string; reason: string }): string {
  return `${PREFIX}${createdBy}: ${reason}`;
}

/** For SQL's LIKE: the texts of `pausedText`. */
export const PAUSED_TEXTS = `${PREFIX}%`;

/**
 * The number that stands for the pauses among the advisory locks of PostgreSQL. Whoever makes bytes sendable holds it shared
 * until that is committed, whoever pauses holds it alone: so after a pause is committed, nothing that it covers is stored as signed.
 */
export const PAUSES_LOCK = 7_310_572_664_215_889_921n;

/** Whether this admin may end a pause: not its own, unless nobody else is there to do it. */
export function mayEnd(
  { createdBy }: { readonly createdBy: string },
  wallet: string,
  admins: readonly string[],
): boolean {
  return wallet !== createdBy || admins.every((admin) => admin === wallet);
}

/** When a pause ends without anybody's word. */
export function endOf(createdAt: Date, maxSeconds: number): Date {
  return new Date(createdAt.getTime() + maxSeconds * 1000);
}
