import { act, type Intent } from '#src/cli/session/admin-act.js';
import { consent, DryRun } from '#src/cli/session/consent.js';
import {
  destinationOf,
  dueOf,
  failureOf,
  payoutOf,
  releaseOf,
  strayOf,
  successOf,
} from '#src/cli/session/previews.js';
import type { AdminAction } from '#src/common/admin-actions.js';
import { normalizeText } from '#src/common/text/text.js';
import {
  anonymous,
  type CommandContext,
  followPayout,
  needed,
  signedId,
  signedIn,
} from '#src/cli/session/command-support.js';

/** One commitment. */
export async function commitmentShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await anonymous(context).get(`/commitments/${needed(id, 'COMMITMENT_ID')}`)).body;
}

/** Whether the creator fees of a commitment's token reach its escrow. */
export async function feeRouting(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await anonymous(context).get(`/commitments/${needed(id, 'COMMITMENT_ID')}/fee-routing`)).body;
}

/** Resolves a personal commitment as a success and follows the refund until it is confirmed. */
export async function commitmentSuccess(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const commitmentId = signedId(id, 'COMMITMENT_ID');
  return pay(context, 'admin.commitment.success', { commitmentId }, successOf(commitmentId));
}

/** Resolves a commitment as a failure and follows its payment, where there is anything to pay, until it is confirmed. */
export async function commitmentFailure(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const { reason } = context.flags;
  const why = reason === undefined ? {} : { reason: normalizeText(reason) };
  const commitmentId = signedId(id, 'COMMITMENT_ID');
  return pay(context, 'admin.commitment.failure', { commitmentId, ...why }, failureOf(commitmentId));
}

/** Calls a failure off that was announced or filed. */
export async function failureCallOff(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const commitmentId = signedId(id, 'COMMITMENT_ID');
  const says = `Call the failure of commitment ${commitmentId} off: it is active again.`;
  return act(context, 'admin.failure.cancel', { commitmentId }, { says });
}

/** Signs who is paid instead of a destination that cannot be paid any more; a second admin signs the same. */
export async function destinationChange(
  context: CommandContext,
  [id, replaces, destination]: readonly string[],
): Promise<unknown> {
  const params = {
    commitmentId: signedId(id, 'COMMITMENT_ID'),
    replaces: needed(replaces, 'OLD'),
    destination: needed(destination, 'NEW'),
  };
  const says = destinationOf(params.commitmentId, params.replaces, params.destination);
  return act(context, 'admin.destination.change', params, { says, movesMoney: true });
}

/** Ends every personal commitment that passed its deadline unattested. */
export async function commitmentsSweep(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  const says = await dueOf(client);
  if (context.dryRun) throw new DryRun({ dryRun: true, would: says }, `${says}\nNothing was done.`);
  await consent(context, says);
  return (await client.post('/commitments/sweep')).body;
}

/** Money that reached escrows after their commitments were settled: of all of them, page after page. */
export async function strayList(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  const items: unknown[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await client.get(`/admin/stray-deposits?limit=200${cursor}`);
    items.push(...(body['items'] as unknown[]));
    if (typeof body['nextCursor'] !== 'string') return { items };
    cursor = `&cursor=${encodeURIComponent(body['nextCursor'])}`;
  }
}

/** Pays the stray money of a settled commitment to the wallet of the outcome and follows the payment. */
export async function strayForward(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const commitmentId = signedId(id, 'COMMITMENT_ID');
  return pay(context, 'admin.stray.forward', { commitmentId }, strayOf(commitmentId));
}

/** Releases a claimable milestone and follows the payment until it is confirmed. */
export async function rewardRelease(
  context: CommandContext,
  [commitmentId, milestoneId]: readonly string[],
): Promise<unknown> {
  const params = milestoneParams(commitmentId, milestoneId);
  return pay(context, 'admin.milestone.release', params, releaseOf(params.commitmentId, params.milestoneId));
}

/** Unlocks what is due now, of one commitment or of all. */
export async function rewardNormalize(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const body = id === undefined ? {} : { commitmentId: id };
  return (await signedIn(context).post('/admin/normalize-rewards', body)).body;
}

/** Failed commitments with shares that nobody has claimed; the first 200. */
export async function unclaimedShares(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/unclaimed-shares?limit=200')).body;
}

/** What has become of a failed commitment's escrow, with its first 200 shares. */
export async function distributionShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const path = `/commitments/${needed(id, 'COMMITMENT_ID')}/failure-distribution?limit=200`;
  return (await anonymous(context).get(path)).body;
}

/** One payout with every attempt. */
export async function payoutShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await anonymous(context).get(`/payouts/${needed(id, 'PAYOUT_ID')}`)).body;
}

/** Takes a stopped payout up again and follows it. */
export async function payoutRetry(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const payoutId = signedId(id, 'PAYOUT_ID');
  const says = payoutOf(payoutId, 'Pay it again where it is owed');
  const payout = await act(context, 'admin.payout.retry', { payoutId }, { says, movesMoney: true });
  return followPayout(context, signedIn(context), payout as { id: string; status: string });
}

/** Has it proven what became of a payout that nobody could decide. */
export async function payoutResolve(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const witnesses = context.flags['one-witness'] === undefined ? 'all' : 'one';
  const payoutId = signedId(id, 'PAYOUT_ID');
  const says = payoutOf(payoutId, 'Prove what became of it, and pay again what is proven dead');
  return act(context, 'admin.payout.resolve', { payoutId, witnesses }, { says, movesMoney: true });
}

/** The locks of releases under way. */
export async function locksList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/release-locks')).body;
}

/** Gives a release up of which nothing can land any more. */
export async function locksClear(
  context: CommandContext,
  [commitmentId, milestoneId]: readonly string[],
): Promise<unknown> {
  const params = milestoneParams(commitmentId, milestoneId);
  const says = `Give the release of milestone ${params.milestoneId} up: its payout is cancelled, and it is claimable again.`;
  return act(context, 'admin.lock.clear', params, { says });
}

function milestoneParams(commitmentId: string | undefined, milestoneId: string | undefined) {
  return {
    commitmentId: signedId(commitmentId, 'COMMITMENT_ID'),
    milestoneId: signedId(milestoneId, 'MILESTONE_ID'),
  };
}

async function pay(
  context: CommandContext,
  action: AdminAction,
  params: Readonly<Record<string, string>>,
  says: Intent['says'],
): Promise<unknown> {
  const body = await act(context, action, params, { says, movesMoney: true });
  // A failure of an empty escrow pays nothing.
  if (body['payout'] === undefined) return body;
  return followPayout(context, signedIn(context), body['payout'] as { id: string; status: string });
}
