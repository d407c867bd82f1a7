import { CommitToShip, getCommitment, type Wallet } from '@commit-to-ship/client';

/** A token's creator locks SOL behind a milestone, a holder approves, and the creator is paid. */
export async function reward(
  baseUrl: string,
  wallets: { creator: Wallet; holder: Wallet; admin: Wallet },
  chosen: { tokenMint: string; destinationOnFail: string },
  fund: (address: string, lamports: number) => Promise<void>,
) {
  const api = new CommitToShip({ baseUrl });
  const milestones = [{ title: 'Beta', unlockLamports: 1_000_000_000 }];
  const promise = {
    kind: 'creator_reward' as const,
    creatorFeeMode: 'assisted' as const,
    milestones,
    ...chosen,
  };
  const made = await api.signAndSend('commitment.create', promise, wallets.creator);
  const look = async () => {
    const found = await api.take(getCommitment({ client: api.client, path: { id: made.id } }));
    if (found.kind !== 'creator_reward') throw new Error('another kind was asked for');
    return found;
  };
  const milestone = { commitmentId: made.id, milestoneId: (await look()).milestones[0]?.id ?? '' };
  // The milestone, and the fee of the network.
  await fund(made.escrowAddress, 1_010_000_000);

  await api.signAndSend('milestone.complete', milestone, wallets.creator);
  await api.signAndSend('milestone.signal', milestone, wallets.holder);

  // A job unlocks it after the claim delay. Until then `waitingFor` of the milestone says what is missing.
  while ((await look()).milestones[0]?.status !== 'claimable') await new Promise((go) => setTimeout(go, 500));

  await api.signIn(wallets.admin);
  const { payout } = await api.signAndSend('admin.milestone.release', milestone, wallets.admin);
  if (payout !== undefined) await api.followPayout(payout.id);
  return look();
}
