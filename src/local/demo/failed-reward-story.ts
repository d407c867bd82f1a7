import { Connection } from '@solana/web3.js';
import { type CommitmentAnswer, type PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { createToken, mintTo, transferTokens } from '#src/local/chain/token.js';
import { balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const TOKEN = 1_000_000n;

interface DistributionAnswer {
  readonly status: 'announced' | 'frozen';
  readonly potLamports: number;
  readonly feeLamports: number;
  readonly shares: readonly { readonly wallet: string; readonly amountLamports: number }[];
}

/** A creator gives up: whoever held the token when that was announced shares the escrow, whether it had voted or not. */
export async function failedRewardStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('A failed project: its holders share the escrow');
  telling.step('One holder approves a milestone with $300; another one holds as much and does not vote');
  const [creator, voter, quiet] = [LocalWallet.generate(), LocalWallet.generate(), LocalWallet.generate()];
  for (const { address } of [creator, voter, quiet]) await stage.fundSol(address, 5n * SOL);
  const mint = await createToken(stage.rpcUrl, creator, { decimals: 6, program: 'spl-token' });
  stage.world.setPrice?.(mint, '1.00');
  // Before the commitment: what is printed afterwards is no vote.
  for (const { address } of [voter, quiet]) await mintTo(stage.rpcUrl, creator, mint, address, 300n * TOKEN);
  const { id, escrow, milestones } = await commit(stage, creator, mint);
  const milestoneId = milestones[0]?.id ?? '';
  await act(stage, creator, 'complete', { commitmentId: id, milestoneId });
  await act(stage, voter, 'signal', { commitmentId: id, milestoneId });
  await transferSol(stage.rpcUrl, creator, escrow.address, SOL);

  telling.step('An admin announces the failure; until it takes effect, any admin can call it off');
  await untilFinal(stage);
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  const announced = await admin.act<{ readonly commitment: { readonly failureEffectiveAt: string } }>(
    'admin.commitment.failure',
    { commitmentId: id, reason: 'The creator has given up' },
  );
  telling.fact('takes effect', announced.body.commitment.failureEffectiveAt);

  telling.step('The quiet holder asks for its share; tokens that are bought from now on have none');
  const late = LocalWallet.generate();
  await stage.fundSol(late.address, SOL);
  await transferTokens(stage.rpcUrl, quiet, late.address, mint, 300n * TOKEN);
  telling.fact('what counts', (await enroll(stage, quiet, id)).weightRaw);
  telling.fact('the buyer', await refused(enroll(stage, late, id)));

  telling.step('When its time has come, every amount is frozen before anything moves');
  const distribution = await untilFrozen(stage, id);
  telling.fact('pot', `${distribution.potLamports} lamports, fees of ${distribution.feeLamports} set aside`);
  for (const { wallet, amountLamports } of distribution.shares)
    telling.fact('share', `${wallet}: ${amountLamports}`);

  telling.step('Both claim by a signed message; nobody is paid twice');
  const before = await balanceOf(stage.rpcUrl, quiet.address);
  for (const holder of [voter, quiet])
    telling.fact('signature', (await claim(stage, holder, id)).signature ?? '');
  telling.fact('again', await refused(claim(stage, quiet, id)));
  telling.fact('the creator', await refused(claim(stage, creator, id)));

  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const out = (await movementsOf(stage.rpcUrl, escrow.address)).filter(({ from }) => from === escrow.address);
  const share = BigInt(
    distribution.shares.find(({ wallet }) => wallet === quiet.address)?.amountLamports ?? 0,
  );
  proof.equal('payments out of the escrow', out.length, 2);
  proof.equal('lamports of who had not voted', await balanceOf(stage.rpcUrl, quiet.address), before + share);
  proof.equal('which is half of the pot', share, BigInt(distribution.potLamports) / 2n);
  proof.equal('lamports left in the escrow', await balanceOf(stage.rpcUrl, escrow.address), 0n);
  proof.conclude();
}

async function commit(stage: Stage, creator: LocalWallet, tokenMint: string) {
  const { body } = await stage.client.signAction<
    CommitmentAnswer & { readonly milestones: readonly { readonly id: string }[] }
  >(
    creator,
    'commitment.create',
    {
      kind: 'creator_reward',
      tokenMint,
      creatorFeeMode: 'assisted',
      milestones: [{ title: 'Public beta', unlockLamports: Number(SOL) }],
      destinationOnFail: LocalWallet.generate().address,
      statement: 'Beta in autumn',
    },
    '/commitments',
  );
  return body;
}

async function act(
  stage: Stage,
  wallet: LocalWallet,
  verb: 'complete' | 'signal',
  params: { readonly commitmentId: string; readonly milestoneId: string },
): Promise<void> {
  const path = `/commitments/:commitmentId/milestones/:milestoneId/${verb}`;
  await stage.client.signAction(wallet, `milestone.${verb}`, params, path);
}

async function claim(stage: Stage, wallet: LocalWallet, commitmentId: string): Promise<PaymentAnswer> {
  const path = '/commitments/:commitmentId/failure-distribution/claim';
  return (await stage.client.signAction<PaymentAnswer>(wallet, 'distribution.claim', { commitmentId }, path))
    .body;
}

async function enroll(stage: Stage, wallet: LocalWallet, commitmentId: string) {
  const path = '/commitments/:commitmentId/failure-distribution/enroll';
  const { body } = await stage.client.signAction<{ readonly weightRaw: string }>(
    wallet,
    'distribution.enroll',
    { commitmentId },
    path,
  );
  return body;
}

/** What has happened by now cannot be undone: an announcement goes by what is final. */
async function untilFinal({ rpcUrl }: Stage): Promise<void> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const now = await connection.getSlot('confirmed');
  await pollUntil(`slot ${now} to be final`, async () => (await connection.getSlot('finalized')) >= now);
}

async function untilFrozen({ client }: Stage, commitmentId: string): Promise<DistributionAnswer> {
  return pollUntil('the failure to take effect', async () => {
    const path = `/commitments/${commitmentId}/failure-distribution`;
    const { body } = await client.get<DistributionAnswer>(path);
    return body.status === 'frozen' ? body : undefined;
  });
}
