import { type CommitmentAnswer, type PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { createToken, mintTo } from '#src/local/chain/token.js';
import { transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const TOKEN = 1_000_000n;
const HOUR_MS = 3_600_000;
/** The story before this one has left the chain's clock so far ahead. */
const BEFORE_MS = 49 * HOUR_MS;

interface RewardAnswer extends CommitmentAnswer {
  readonly milestones: readonly { readonly id: string; readonly status: string }[];
}

type Verb = 'complete' | 'signal' | 'release';

/** No admin answers, and the creator prints votes: the first stops nobody for good, the second helps nobody. */
export async function silentAdminsStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('Admins who sleep, and votes that are printed');
  telling.step('A holder of $500 approves a milestone; after the claim delay it is claimable');
  const [creator, holder] = [LocalWallet.generate(), LocalWallet.generate()];
  for (const { address } of [creator, holder]) await stage.fundSol(address, 5n * SOL);
  const mint = await createToken(stage.rpcUrl, creator, { decimals: 6, program: 'spl-token' });
  stage.world.setPrice?.(mint, '1.00');
  await mintTo(stage.rpcUrl, creator, mint, holder.address, 500n * TOKEN);
  const { id, escrow, milestones } = await commit(stage, creator, mint);
  const [first = '', second = ''] = milestones.map((milestone) => milestone.id);
  await transferSol(stage.rpcUrl, creator, escrow.address, 2n * SOL);
  await act(stage, creator, 'complete', id, first);
  await act(stage, holder, 'signal', id, first);
  await stage.world.timeTravelTo?.(new Date(Date.now() + BEFORE_MS + 49 * HOUR_MS));
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  await admin.post('/admin/normalize-rewards', { commitmentId: id });
  telling.fact('milestone', await statusOf(stage, id, 0));

  telling.step('No admin releases it; after seven days of silence the creator does, by its own signature');
  telling.fact('before that', await refused(act(stage, creator, 'release', id, first)));
  await stage.world.timeTravelTo?.(new Date(Date.now() + BEFORE_MS + (49 + 8 * 24) * HOUR_MS));
  const { body: paid } = await act(stage, creator, 'release', id, first);
  telling.fact('signature', paid.signature ?? '(not confirmed yet)');

  telling.step('For the second milestone the creator prints $1,000 for a friend, who approves');
  const friend = LocalWallet.generate();
  await act(stage, creator, 'complete', id, second);
  await mintTo(stage.rpcUrl, creator, mint, friend.address, 1_000n * TOKEN);
  telling.fact('the friend', await refused(act(stage, friend, 'signal', id, second)));

  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const out = (await movementsOf(stage.rpcUrl, escrow.address)).filter(({ from }) => from === escrow.address);
  proof.equal('payments out of the escrow', out.length, 1);
  proof.equal('memo', out[0]?.memo, paid.payout.id);
  proof.equal('receiver', out[0]?.to, creator.address);
  proof.equal('lamports', out[0]?.lamports, SOL);
  proof.equal('second milestone', await statusOf(stage, id, 1), 'completed');
  proof.conclude();
}

async function commit(stage: Stage, creator: LocalWallet, tokenMint: string): Promise<RewardAnswer> {
  const params = {
    kind: 'creator_reward',
    tokenMint,
    creatorFeeMode: 'assisted',
    milestones: ['Public beta', 'Audit passed'].map((title) => ({ title, unlockLamports: Number(SOL) })),
    destinationOnFail: LocalWallet.generate().address,
    statement: 'Beta in winter',
  };
  return (await stage.client.signAction<RewardAnswer>(creator, 'commitment.create', params, '/commitments'))
    .body;
}

function act(stage: Stage, wallet: LocalWallet, verb: Verb, commitmentId: string, milestoneId: string) {
  const path = `/commitments/:commitmentId/milestones/:milestoneId/${verb}`;
  return stage.client.signAction<PaymentAnswer>(
    wallet,
    `milestone.${verb}`,
    { commitmentId, milestoneId },
    path,
  );
}

async function statusOf(stage: Stage, id: string, index: number): Promise<string> {
  return (
    (await stage.client.get<RewardAnswer>(`/commitments/${id}`)).body.milestones[index]?.status ?? 'none'
  );
}
