/** What is to be said of payouts that are not finished. */
import type { AdminPayoutDto, UnfinishedPayoutsDto } from '#src/releases/search/payout-search.dto.js';
import { count, oneLine, sol } from '#src/cli/text/words.js';
import type { Finding } from './finding.js';

type Payout = Pick<
  AdminPayoutDto,
  'id' | 'commitmentId' | 'status' | 'amountLamports' | 'waitingFor' | 'createdAt'
>;
type Unfinished = Omit<UnfinishedPayoutsDto, 'oldest'> & { readonly oldest: readonly Payout[] };

const PAUSED = 'paused by ';
/** What to do about a reason, by the code that it begins with. */
const NEXT: Readonly<Record<string, (payout: Payout) => string>> = {
  escrow_underfunded: ({ commitmentId }) => `ops commitments show ${commitmentId}, then fund its escrow`,
  fee_payer_underfunded: () => 'ops fee-payer show, then send SOL to it',
  fee_payer_missing: () => 'set ESCROW_FEE_PAYER_SECRET_KEY and restart',
  signing_refused: () =>
    'ops pauses create --reason "signing refused", then ops audit list --event escrow_signing_refused_error',
  custody_unavailable: () => 'ops privy check, or ops escrow-keys check for local custody',
  destination_not_payable: ({ id }) => `ops payouts show ${id}, then give its destination the rent minimum`,
  simulation_failed: ({ id }) => `ops payouts show ${id}`,
  rpc_unavailable: () => 'ops rpc check, then replace the provider in SOLANA_RPC_URL and restart',
  single_source: () => 'ops rpc check, then mend or replace the silent provider and restart',
  history_incomplete: () =>
    'ops rpc check, then an endpoint with full history in SOLANA_RPC_URL, and restart',
  chain_disagrees: () => 'ops rpc check, then take the wrong provider out of SOLANA_RPC_URL and restart',
};
/** Time alone does not help these. */
const NEEDS_A_PERSON = [
  'escrow_underfunded',
  'fee_payer_underfunded',
  'fee_payer_missing',
  'signing_refused',
  'destination_not_payable',
  'simulation_failed',
];

/** @param now RFC 3339, by the clock of the service */
export function payoutFindings({ oldest, counts, lateAfterSeconds }: Unfinished, now: string): Finding[] {
  const late = (payout: Payout) => Date.parse(now) - Date.parse(payout.createdAt) >= lateAfterSeconds * 1_000;
  const waiting = oldest.filter((payout) => !isPaused(payout));
  const urgent = waiting.filter((payout) => late(payout) || needsAPerson(payout));
  const findings = [...groupsOf(urgent).values()].map(stuck);
  const others = counts.reduce((sum, one) => sum + one.count, 0) - urgent.length - pausedOf(oldest);
  return others <= 0 ? findings : [...findings, underWay(others)];
}

/** How many of these a pause keeps. */
export function pausedOf(payouts: readonly Payout[]): number {
  return payouts.filter(isPaused).length;
}

function isPaused({ waitingFor }: Payout): boolean {
  return waitingFor?.startsWith(PAUSED) ?? false;
}

function needsAPerson(payout: Payout): boolean {
  return payout.status === 'stopped' || NEEDS_A_PERSON.includes(codeOf(payout));
}

/** The code of a refusal stands before its text. */
function codeOf({ waitingFor = '' }: Payout): string {
  return /^([a-z_]+): /.exec(waitingFor)?.[1] ?? '';
}

/** Those that wait for the same thing are told together: an outage is one thing, however many wait for it. */
function groupsOf(payouts: readonly Payout[]): Map<string, Payout[]> {
  const groups = new Map<string, Payout[]>();
  for (const payout of payouts) {
    const reason = payout.status === 'stopped' ? payout.id : (payout.waitingFor ?? payout.status);
    groups.set(reason, [...(groups.get(reason) ?? []), payout]);
  }
  return groups;
}

function stuck(group: readonly Payout[]): Finding {
  const [first, ...others] = group;
  if (first === undefined) throw new Error('unreachable');
  const total = sol(group.reduce((sum, { amountLamports }) => sum + amountLamports, 0));
  return {
    urgency: 'act',
    what:
      first.status === 'stopped'
        ? `Payout ${first.id} of ${total} is stopped: it failed three times on chain`
        : others.length === 0
          ? `Payout ${first.id} of ${total} is ${first.status} and does not move`
          : `${count(group.length, 'payout')} of ${total} together do not move`,
    why: oneLine(first.waitingFor ?? first.status),
    since: first.createdAt,
    next: nextOf(first, group.length),
  };
}

function nextOf(payout: Payout, number: number): string {
  if (payout.status === 'stopped') {
    const look = `ops audit list --event payout_failed_error --commitment ${payout.commitmentId}`;
    return `${look}, then ops payouts retry ${payout.id}`;
  }
  const known = NEXT[codeOf(payout)]?.(payout);
  if (known !== undefined) return known;
  if (payout.status !== 'pending')
    return `ops payouts show ${payout.id}; where nobody can tell: ops payouts resolve ${payout.id}`;
  return number === 1 ? `ops payouts show ${payout.id}` : 'ops payouts list';
}

function underWay(number: number): Finding {
  return {
    urgency: 'watch',
    what: `${count(number, 'payout')} in progress`,
    why: 'They are signed, sent or being finalized, and not late.',
    next: 'ops payouts list',
  };
}
