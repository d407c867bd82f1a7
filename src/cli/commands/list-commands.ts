import type { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import type { LimitsDto } from '#src/operations/limits.dto.js';
import type { AdminPayoutDto } from '#src/releases/search/payout-search.dto.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { anonymous, type CommandContext, needed, signedIn, Told } from '#src/cli/session/command-support.js';
import { table } from '#src/cli/text/table.js';
import { age, oneLine, seconds, sol } from '#src/cli/text/words.js';

/** Flags of the lists. */
export const FLAGS = ['status', 'older-than', 'kind', 'limit', 'cursor', 'commitment', 'fee-payer'] as const;

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Payouts of all commitments: those that are not finished, or of a status. */
export async function payoutsList(context: CommandContext): Promise<unknown> {
  const { status = 'unfinished', 'older-than': olderThan, commitment, 'fee-payer': feePayer } = context.flags;
  const filter = { commitmentId: commitment, feePayer, olderThan: ageOf(olderThan) };
  const query = queryOf(context, { ...filter, status: status === 'all' ? undefined : status });
  const page = (await signedIn(context).get(`/admin/payouts${query}`))
    .body as unknown as Page<AdminPayoutDto>;
  const now = new Date().toISOString();
  const rows = page.items.map((payout) => [
    payout.id,
    payout.status,
    payout.purpose,
    sol(payout.amountLamports),
    age(payout.createdAt, now),
    oneLine(payout.waitingFor ?? payout.signature ?? ''),
  ]);
  const heads = ['PAYOUT', 'STATUS', 'PURPOSE', 'AMOUNT', 'AGE', 'WAITS FOR, OR SIGNATURE'];
  return told(page, table(heads, rows, `No payout is ${status}.`));
}

/** Commitments, with what each promised and what its escrow holds. */
export async function commitmentsList(context: CommandContext): Promise<unknown> {
  const { status, kind } = context.flags;
  const query = queryOf(context, { status, kind, wallet: context.wallet });
  const page = (await anonymous(context).get(`/commitments${query}`)).body as unknown as Page<CommitmentDto>;
  const rows = page.items.map((commitment) => [
    commitment.id,
    commitment.kind,
    commitment.status,
    sol(owedOf(commitment)),
    commitment.escrow.balanceLamports === null ? 'not read' : sol(commitment.escrow.balanceLamports),
    commitment.escrow.balanceAsOf ?? '',
    commitment.kind === 'personal' ? commitment.deadline : '',
    commitment.kind === 'personal' && commitment.attestedAt !== undefined ? 'attested' : '',
  ]);
  const heads = ['COMMITMENT', 'KIND', 'STATUS', 'OWED', 'HELD', 'READ AT', 'DEADLINE', ''];
  return told(page, table(heads, rows, 'There is no such commitment.'));
}

/** Who was refused for too many requests, and what one client has used up. */
export async function limitsShow(context: CommandContext, [client]: readonly string[]): Promise<unknown> {
  const query = client === undefined ? '' : `?client=${encodeURIComponent(client)}`;
  const limits = (await signedIn(context).get(`/admin/rate-limits${query}`)).body as unknown as LimitsDto;
  const windows = limits.windows.map((one) => [
    one.route,
    one.name,
    `${one.hits} of ${one.limit}`,
    one.endsAt,
  ]);
  const refusals = limits.refusals.map((one) => [one.event, one.actor, String(one.count), one.lastAt]);
  const used = table(['ROUTE', 'LIMIT', 'USED', 'ENDS'], windows, 'Nothing is used up.');
  const refused = table(
    ['EVENT', 'ACTOR', 'WINDOWS', 'LAST'],
    refusals,
    'Nobody was refused in the last hour.',
  );
  return new Told(
    limits,
    client === undefined ? refused : `${limits.client ?? client}\n${used}\n\n${refused}`,
  );
}

/** Lets a client begin its windows anew. */
export async function limitsForgive(context: CommandContext, [client]: readonly string[]): Promise<unknown> {
  return (
    await signedIn(context).delete(`/admin/rate-limits/${needed(client, 'an ADDRESS, a WALLET, or all')}`)
  ).body;
}

/** What the escrow should hold: the promise, or all that is neither released nor forfeited. Nothing once it is settled. */
function owedOf(commitment: CommitmentDto): number {
  if (!['active', 'failing', 'resolving'].includes(commitment.status)) return 0;
  if (commitment.kind === 'personal') return commitment.amountLamports;
  const open = commitment.milestones.filter(
    (milestone) => !['released', 'forfeited'].includes(milestone.status),
  );
  return open.reduce((sum, { unlockLamports }) => sum + unlockLamports, 0);
}

function ageOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const parsed = seconds(text);
  if (parsed === null) throw new CliError('--older-than takes an age such as 90s, 15m, 2h or 3d', 2);
  return String(parsed);
}

function queryOf({ flags }: CommandContext, filter: Readonly<Record<string, string | undefined>>): string {
  const { limit, cursor } = flags;
  const given = Object.entries({ ...filter, limit, cursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

function told(page: Page<unknown>, text: string): Told {
  const more = page.nextCursor === null ? '' : `\nThe next page: the same with --cursor ${page.nextCursor}`;
  return new Told(page, `${text}${more}`);
}
