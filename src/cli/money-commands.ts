import { anonymous, type CommandContext, followPayout, needed, signedIn } from './command-support.js';

/** One commitment. */
export async function commitmentShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await anonymous(context).get(`/commitments/${needed(id, 'COMMITMENT_ID')}`)).body;
}

/** Resolves a personal commitment as a success and follows the refund until it is confirmed. */
export async function commitmentSuccess(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return pay(context, `/commitments/${needed(id, 'COMMITMENT_ID')}/success`);
}

/** Resolves a commitment as a failure and follows its payment, where there is anything to pay, until it is confirmed. */
export async function commitmentFailure(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return pay(context, `/commitments/${needed(id, 'COMMITMENT_ID')}/failure`);
}

/** Ends every personal commitment that passed its deadline unattested. */
export async function commitmentsSweep(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).post('/commitments/sweep')).body;
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

/** Pays the stray money of a settled commitment to its destinationOnFail and follows the payment. */
export async function strayForward(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return pay(context, `/commitments/${needed(id, 'COMMITMENT_ID')}/stray-deposits/forward`);
}

/** Releases a claimable milestone and follows the payment until it is confirmed. */
export async function rewardRelease(
  context: CommandContext,
  [commitmentId, milestoneId]: readonly string[],
): Promise<unknown> {
  const commitment = needed(commitmentId, 'COMMITMENT_ID');
  return pay(context, `/commitments/${commitment}/milestones/${needed(milestoneId, 'MILESTONE_ID')}/release`);
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
  const client = signedIn(context);
  const { body } = await client.post(`/admin/payouts/${needed(id, 'PAYOUT_ID')}/retry`);
  return followPayout(context, client, body as { id: string; status: string });
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
  const path = `${needed(commitmentId, 'COMMITMENT_ID')}/${needed(milestoneId, 'MILESTONE_ID')}`;
  return (await signedIn(context).delete(`/admin/release-locks/${path}`)).body;
}

async function pay(context: CommandContext, path: string): Promise<unknown> {
  const client = signedIn(context);
  const { body } = await client.post(path);
  // A failure of an empty escrow pays nothing.
  if (body['payout'] === undefined) return body;
  return followPayout(context, client, body['payout'] as { id: string; status: string });
}
