import { CommitToShip, getCommitment, hasCode, type Wallet } from '@commit-to-ship/client';

/** A builder locks SOL behind a promise, keeps it, and gets the SOL back. */
export async function personal(
  baseUrl: string,
  builder: Wallet,
  admin: Wallet,
  chosen: { destinationOnFail: string; deadline: string },
  fund: (address: string, lamports: number) => Promise<void>,
) {
  const api = new CommitToShip({ baseUrl });
  const amountLamports = 1_000_000_000;
  const promise = { kind: 'personal' as const, amountLamports, statement: 'The beta ships.', ...chosen };
  const { id, escrowAddress } = await api.signAndSend('commitment.create', promise, builder);
  await fund(escrowAddress, amountLamports);

  // The work is done.
  await api.signAndSend('commitment.attest', { commitmentId: id }, builder);

  const admins = new CommitToShip({ baseUrl });
  await admins.signIn(admin);
  const success = () => admins.signAndSend('admin.commitment.success', { commitmentId: id }, admin);
  const { payout } = await success();
  if (payout !== undefined) await api.followPayout(payout.id);

  // Nothing is paid twice.
  await success().catch((error: unknown) => {
    if (!hasCode(error, 'already_resolved')) throw error;
  });
  return api.take(getCommitment({ client: api.client, path: { id } }));
}
