/** What an act would do, in a sentence with amounts and destinations, as the API shows them now. */
import type { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import type { PauseDto } from '#src/releases/pauses/pauses.dto.js';
import type { PayoutDto } from '#src/releases/payouts/payouts.dto.js';
import type { AdminPayoutDto } from '#src/releases/search/payout-search.dto.js';
import type { StrayDepositDto } from '#src/releases/settlements/stray-deposits.dto.js';
import { count, oneLine, sol } from '#src/cli/text/words.js';
import type { ApiClient } from './api-client.js';

type Preview = (client: ApiClient) => Promise<string>;

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export function successOf(id: string): Preview {
  return async (client) => {
    const commitment = await commitmentOf(client, id);
    return `Pay all that escrow ${heldBy(commitment)} to ${commitment.wallet}, the authority of commitment ${id}.`;
  };
}

export function failureOf(id: string): Preview {
  return async (client) => {
    const commitment = await commitmentOf(client, id);
    const { destinationOnFail, decisionEndsAt } = commitment;
    const held = heldBy(commitment);
    if (commitment.kind === 'creator_reward')
      return `Announce the failure of commitment ${id}: after its notice escrow ${held}, without what is earned, is split over those who hold the token now and enroll; what is nobody's goes to ${destinationOnFail}.`;
    if (commitment.attestedAt === undefined)
      return `Pay all that escrow ${held} to ${destinationOnFail}, and end commitment ${id} as a failure.`;
    const when = decisionEndsAt ?? 'the end of its decision window';
    return `File the failure of commitment ${id}: at ${when} all that escrow ${held} goes to ${destinationOnFail}.`;
  };
}

export function releaseOf(commitmentId: string, milestoneId: string): Preview {
  return async (client) => {
    const commitment = await commitmentOf(client, commitmentId);
    const { wallet, escrow } = commitment;
    const milestones = commitment.kind === 'creator_reward' ? commitment.milestones : [];
    const milestone = milestones.find(({ id }) => id === milestoneId);
    const amount = milestone === undefined ? 'an unknown amount' : sol(milestone.unlockLamports);
    return `Pay ${amount} out of escrow ${escrow.address} to ${wallet}, for milestone "${oneLine(milestone?.title ?? milestoneId)}".`;
  };
}

export function strayOf(id: string): Preview {
  return async (client) => {
    const stray = await findStray(client, id);
    if (stray === undefined) return `Pay what is stray in the escrow of commitment ${id}; nothing is now.`;
    return `Pay ${sol(stray.strayLamports)}, all that is stray in escrow ${stray.escrow}, to ${stray.destination}.`;
  };
}

export function destinationOf(id: string, replaces: string, destination: string): Preview {
  return async (client) => {
    const held = heldBy(await commitmentOf(client, id));
    return `Have ${destination} paid instead of ${replaces}, for as long as that one cannot be paid: escrow ${held}. It takes two admins.`;
  };
}

export function launchOf(launch: {
  readonly commitmentId: string;
  readonly name: string;
  readonly symbol: string;
  readonly buyTokens?: number;
  readonly buyMostLamports?: number;
}): Preview {
  const { commitmentId, name, symbol, buyTokens, buyMostLamports } = launch;
  return async (client) => {
    const commitment = await commitmentOf(client, commitmentId);
    const { wallet, escrow } = commitment;
    const reward = commitment.kind === 'creator_reward' ? commitment : null;
    const mint = reward?.tokenMint ?? 'none';
    const earner = reward?.terms.creatorFeeMode === 'managed' ? `escrow ${escrow.address}` : wallet;
    const buys =
      buyTokens === undefined
        ? 'It buys nothing.'
        : `Then it buys ${buyTokens} raw units for at most ${sol(buyMostLamports ?? 0)}.`;
    return `Launch coin ${oneLine(name)} (${oneLine(symbol)}) at ${mint}, for commitment ${commitmentId}: its creator fees go to ${earner}. The fee payer pays its creation. ${buys}`;
  };
}

/** @param what what becomes of it */
export function payoutOf(id: string, what: string): Preview {
  return async (client) => {
    const { amountLamports, source, destination, status } = (await client.get(`/payouts/${id}`))
      .body as unknown as PayoutDto;
    return `${what}: ${sol(amountLamports)} out of ${source} to ${destination}; payout ${id} is ${status}.`;
  };
}

/** Ending a pause moves money: that of all payouts that wait for it. */
export function pauseEndOf(id: string): Preview {
  return async (client) => {
    const pauses = (await client.get('/admin/pauses')).body as unknown as Page<PauseDto>;
    const waiting = (await client.get('/admin/payouts?status=unfinished&limit=200'))
      .body as unknown as Page<AdminPayoutDto>;
    const pause = pauses.items.find((one) => one.id === id);
    const kept = waiting.items.filter(({ waitingFor }) => waitingFor?.startsWith('paused by ') ?? false);
    const total = sol(kept.reduce((sum, { amountLamports }) => sum + amountLamports, 0));
    const lines = kept.map(
      (one) => `\n  ${sol(one.amountLamports)} to ${one.destination} (payout ${one.id})`,
    );
    const reason = pause === undefined ? '' : ` (${oneLine(pause.reason)})`;
    return `End pause ${id}${reason}. ${count(kept.length, 'payout waits', 'payouts wait')} for pauses, ${total} together.${lines.join('')}`;
  };
}

/** Personal commitments that the sweep would end now, by this machine's clock; the chain's decides. */
export async function dueOf(client: ApiClient): Promise<string> {
  const now = new Date().toISOString();
  const due: CommitmentDto[] = [];
  for (let query = '?status=active&kind=personal&limit=200'; ;) {
    const page = (await client.get(`/commitments${query}`)).body as unknown as Page<CommitmentDto>;
    due.push(
      ...page.items.filter(
        (one) => one.kind === 'personal' && one.deadline < now && one.attestedAt === undefined,
      ),
    );
    if (page.nextCursor === null) break;
    query = `?status=active&kind=personal&limit=200&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  const lines = due.map((one) => `\n  all that escrow ${heldBy(one)} to ${one.destinationOnFail}`);
  return `End ${count(due.length, 'commitment')} that passed the deadline unattested, and refund attested ones that nobody decided in time.${lines.join('')}`;
}

type Shown = CommitmentDto & { readonly decisionEndsAt?: string };

async function commitmentOf(client: ApiClient, id: string): Promise<Shown> {
  return (await client.get(`/commitments/${id}`)).body as unknown as Shown;
}

function heldBy({ escrow: { address, balanceLamports, balanceAsOf } }: CommitmentDto): string {
  if (balanceLamports === null) return `${address} holds (not read yet)`;
  return `${address} holds (${sol(balanceLamports)} at ${balanceAsOf ?? 'some time'})`;
}

async function findStray(client: ApiClient, id: string): Promise<StrayDepositDto | undefined> {
  for (let cursor = ''; ;) {
    const page = (await client.get(`/admin/stray-deposits?limit=200${cursor}`))
      .body as unknown as Page<StrayDepositDto>;
    const found = page.items.find(({ commitmentId }) => commitmentId === id);
    if (found !== undefined || page.nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
