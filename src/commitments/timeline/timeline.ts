/** Pure rules of the timeline: which events of the audit log are public, and what of each may be told. */
import type { AuditEvent } from '#src/common/audit-events.js';

/** An audit row, as far as the timeline looks at it. */
export interface LoggedEvent {
  readonly id: string;
  readonly ts: Date;
  readonly event: string;
  readonly actor: string;
  readonly commitmentId: string | null;
  readonly payoutId: string | null;
  readonly signature: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PublicEvent {
  readonly id: string;
  /** RFC 3339. */
  readonly ts: string;
  readonly event: string;
  readonly commitmentId?: string;
  readonly milestoneId?: string;
  readonly payoutId?: string;
  /** Who acted, where that is a wallet's own public act. */
  readonly wallet?: string;
  readonly amountLamports?: number;
  /** What the escrow held when the end was decided. */
  readonly fundedLamports?: number;
  /** What an admin gave as the reason of a failure. */
  readonly reason?: string;
  /** When an announced failure takes effect; RFC 3339. */
  readonly failureEffectiveAt?: string;
  /** Who is paid, and whom the signed terms name, or a payout went to before. */
  readonly destination?: string;
  readonly replaces?: string;
  /** Of the transaction on chain. */
  readonly signature?: string;
}

interface Disclosure {
  readonly name: string;
  /** The actor is the authority, creator or holder; admins and jobs stay unnamed. */
  readonly namesActor?: boolean;
  /** The row's signature is one of a transaction that landed. */
  readonly showsSignature?: boolean;
  readonly showsReason?: boolean;
  /** Who is paid, and instead of whom. */
  readonly showsDestination?: boolean;
}

const PUBLIC: Readonly<Partial<Record<AuditEvent, Disclosure>>> = {
  commitment_create_ok: { name: 'commitment_created', namesActor: true },
  commitment_attest_ok: { name: 'commitment_attested', namesActor: true },
  commitment_complete_ok: { name: 'commitment_completed' },
  milestone_complete_ok: { name: 'milestone_completed', namesActor: true },
  milestone_signal_ok: { name: 'milestone_approved', namesActor: true },
  milestone_claimable_ok: { name: 'milestone_claimable' },
  admin_commitment_success_ok: { name: 'commitment_success_decided' },
  commitment_success_ok: { name: 'commitment_success_decided' },
  commitment_failure_filed: { name: 'commitment_failure_filed', showsReason: true },
  admin_failure_cancel_ok: { name: 'commitment_failure_withdrawn' },
  commitment_failure_ok: { name: 'commitment_failure_decided' },
  admin_failure_announced: { name: 'commitment_failure_announced', showsReason: true },
  admin_failure_proposed: { name: 'commitment_failure_proposed', showsReason: true },
  admin_destination_change_proposed: { name: 'destination_change_proposed', showsDestination: true },
  admin_destination_change_ok: { name: 'destination_changed', showsDestination: true },
  payout_redirected: { name: 'payout_redirected', showsDestination: true },
  admin_pumpfun_launch_ok: { name: 'coin_launch_decided' },
  admin_failure_confirmed: { name: 'commitment_failure_confirmed' },
  commitment_failure_effective: { name: 'commitment_failure_effective' },
  commitment_failure_round: { name: 'commitment_failure_round' },
  admin_commitment_failure_ok: { name: 'commitment_failure_decided' },
  milestone_release_ok: { name: 'milestone_release_decided' },
  admin_reward_milestone_release_ok: { name: 'milestone_release_decided' },
  distribution_claim_ok: { name: 'share_claimed', namesActor: true },
  payout_confirmed: { name: 'payout_confirmed', showsSignature: true },
  payout_finalized: { name: 'payout_finalized', showsSignature: true },
};

/** Names of the audit log. */
export const PUBLIC_AUDIT_EVENTS: readonly string[] = Object.keys(PUBLIC);

/** Names of the timeline. */
export const PUBLIC_EVENTS: readonly string[] = [...new Set(Object.values(PUBLIC).map(({ name }) => name))];

/** Member by member: what is not named here stays in the log. Null for an event that is not public. */
export function publicEvent(row: LoggedEvent): PublicEvent | null {
  const disclosure = Object.hasOwn(PUBLIC, row.event) ? PUBLIC[row.event as AuditEvent] : undefined;
  if (disclosure === undefined) return null;
  const { milestoneId, amountLamports, fundedLamports, reason, failureEffectiveAt } = row.fields;
  const { name, namesActor = false, showsSignature = false, showsReason = false } = disclosure;
  return {
    id: row.id,
    ts: row.ts.toISOString(),
    event: name,
    ...(row.commitmentId === null ? {} : { commitmentId: row.commitmentId }),
    ...(typeof milestoneId === 'string' ? { milestoneId } : {}),
    ...(row.payoutId === null ? {} : { payoutId: row.payoutId }),
    ...(namesActor ? { wallet: row.actor } : {}),
    ...(Number.isSafeInteger(amountLamports) ? { amountLamports: Number(amountLamports) } : {}),
    ...(Number.isSafeInteger(fundedLamports) ? { fundedLamports: Number(fundedLamports) } : {}),
    ...(showsReason && typeof reason === 'string' ? { reason } : {}),
    ...(disclosure.showsDestination
      ? { destination: text(row.fields['destination']), replaces: text(row.fields['replaces']) }
      : {}),
    ...(typeof failureEffectiveAt === 'string' ? { failureEffectiveAt } : {}),
    ...(showsSignature && row.signature !== null ? { signature: row.signature } : {}),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
