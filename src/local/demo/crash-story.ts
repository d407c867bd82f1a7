import { type CommitmentAnswer, type PayoutAnswer, RestClient } from '#src/local/rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;

/** The API is killed while it pays. Started again, it finishes what it began, once. */
export async function crashStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('The API is killed in the middle of a payment');
  const { authority, commitment } = await prepared(stage, telling);
  await payAndKill(stage, telling, commitment);

  telling.step('Started again, the payout driver finishes what the dead process began');
  await stage.restartApi();
  const payout = await settled(stage, commitment);
  telling.fact('payout', `${payout.id} is ${payout.status}`);
  telling.fact('signature', payout.signature ?? '-');

  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const refunds = (await movementsOf(stage.rpcUrl, commitment.escrow.address)).filter(
    ({ from }) => from === commitment.escrow.address,
  );
  proof.equal('payments out of the escrow', refunds.length, 1);
  proof.equal('receiver', refunds[0]?.to, authority.address);
  proof.equal('lamports, the fee taken off', refunds[0]?.lamports, SOL - (refunds[0]?.feeLamports ?? 0n));
  proof.equal('lamports left in the escrow', await balanceOf(stage.rpcUrl, commitment.escrow.address), 0n);
  proof.conclude();
}

async function prepared(stage: Stage, telling: Telling) {
  telling.step('Another builder commits, funds and attests');
  const authority = LocalWallet.generate();
  await stage.fundSol(authority.address, 2n * SOL);
  const { body: commitment } = await stage.client.signAction<CommitmentAnswer>(
    authority,
    'commitment.create',
    {
      kind: 'personal',
      destinationOnFail: LocalWallet.generate().address,
      amountLamports: Number(SOL),
      deadline: new Date(Date.now() + 86_400_000).toISOString(),
    },
    '/commitments',
  );
  await transferSol(stage.rpcUrl, authority, commitment.escrow.address, SOL);
  const params = { commitmentId: commitment.id };
  await stage.client.signAction(authority, 'commitment.attest', params, '/commitments/:commitmentId/attest');
  telling.fact('commitment', commitment.id);
  return { authority, commitment };
}

async function payAndKill(stage: Stage, telling: Telling, { id }: CommitmentAnswer): Promise<void> {
  telling.step('The admin resolves it, and the API is killed (kill -9) as soon as the payout is written');
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  const answer = admin.act('admin.commitment.success', { commitmentId: id }).then(
    ({ status }) => `answered ${status} before it died`,
    () => 'no answer: the connection is gone',
  );
  await pollUntil('the payout to be written', async () => (await payoutsOf(stage, id))[0], { everyMs: 5 });
  await stage.api().kill();
  telling.fact('the admin', await answer);
}

async function settled(stage: Stage, { id }: CommitmentAnswer): Promise<PayoutAnswer> {
  return pollUntil(
    `commitment ${id} to be succeeded`,
    async () => {
      const { body } = await stage.client.get<CommitmentAnswer>(`/commitments/${id}`);
      return body.status === 'succeeded' ? (await payoutsOf(stage, id))[0] : undefined;
    },
    { deadlineMs: 240_000, everyMs: 250 },
  );
}

async function payoutsOf(stage: Stage, id: string): Promise<PayoutAnswer[]> {
  return (await stage.client.get<{ items: PayoutAnswer[] }>(`/commitments/${id}/payouts`)).body.items;
}
