import { type CommitmentAnswer, type PaymentAnswer, RestClient } from '../client.js';
import { createToken, mintTo, transferTokens } from '../token.js';
import { balanceOf, transferSol } from '../transfer-sol.js';
import { LocalWallet } from '../wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const TOKEN = 1_000_000n;

interface FailureAnswer {
  readonly distribution: {
    readonly potLamports: number;
    readonly feeLamports: number;
    readonly shares: readonly { readonly wallet: string; readonly amountLamports: number }[];
  };
}

/** A creator gives up; who had voted gets the escrow, by the tokens that each still holds. */
export async function failedRewardStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('A failed project: its voters share the escrow');
  telling.step('Two holders approve a milestone with $300 each; one of them sells half of its tokens');
  const [creator, loyal, seller] = [LocalWallet.generate(), LocalWallet.generate(), LocalWallet.generate()];
  for (const { address } of [creator, loyal, seller]) await stage.fundSol(address, 5n * SOL);
  const mint = await createToken(stage.rpcUrl, creator, { decimals: 6, program: 'spl-token' });
  stage.world.setPrice?.(mint, '1.00');
  const { id, escrow, milestones } = await commit(stage, creator, mint);
  const milestoneId = milestones[0]?.id ?? '';
  await act(stage, creator, 'complete', { commitmentId: id, milestoneId });
  for (const voter of [loyal, seller]) {
    await mintTo(stage.rpcUrl, creator, mint, voter.address, 300n * TOKEN);
    await act(stage, voter, 'signal', { commitmentId: id, milestoneId });
  }
  await transferTokens(stage.rpcUrl, seller, LocalWallet.generate().address, mint, 150n * TOKEN);
  await transferSol(stage.rpcUrl, creator, escrow.address, SOL);

  telling.step('An admin resolves it as a failure: every amount is frozen before anything moves');
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  const { distribution } = (await admin.post<FailureAnswer>(`/commitments/${id}/failure`)).body;
  telling.fact('pot', `${distribution.potLamports} lamports, fees of ${distribution.feeLamports} set aside`);
  for (const { wallet, amountLamports } of distribution.shares)
    telling.fact('share', `${wallet}: ${amountLamports}`);

  telling.step('Both claim by a signed message; nobody is paid twice');
  const before = await balanceOf(stage.rpcUrl, loyal.address);
  for (const voter of [loyal, seller])
    telling.fact('signature', (await claim(stage, voter, id)).signature ?? '');
  telling.fact('again', await refused(claim(stage, loyal, id)));
  telling.fact('the creator', await refused(claim(stage, creator, id)));

  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const out = (await movementsOf(stage.rpcUrl, escrow.address)).filter(({ from }) => from === escrow.address);
  const share = BigInt(
    distribution.shares.find(({ wallet }) => wallet === loyal.address)?.amountLamports ?? 0,
  );
  proof.equal('payments out of the escrow', out.length, 2);
  proof.equal(
    'lamports of who kept all tokens',
    await balanceOf(stage.rpcUrl, loyal.address),
    before + share,
  );
  proof.equal('which is two thirds of the pot', share, (BigInt(distribution.potLamports) * 2n + 1n) / 3n);
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
