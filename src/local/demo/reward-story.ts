import { type CommitmentAnswer, type PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { createToken, mintTo, transferTokens } from '#src/local/chain/token.js';
import { balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const TOKEN = 1_000_000n;
const DECIMALS = 6;
const FIRST = 1_000_000_000n;
const SECOND = 500_000_000n;
const FUNDED = FIRST + SECOND + 10_000_000n;
const HOUR_MS = 3_600_000;

interface MilestoneAnswer {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly approvals: { readonly weightUsd: string; readonly thresholdUsd: string; readonly voters: number };
  readonly waitingFor: readonly { condition: string; value: string | null; limit: string; who: string }[];
}

interface RewardAnswer extends CommitmentAnswer {
  readonly milestones: readonly MilestoneAnswer[];
}

interface Cast {
  readonly creator: LocalWallet;
  readonly mint: string;
  readonly whale: LocalWallet;
  readonly others: readonly LocalWallet[];
  readonly admin: RestClient;
}

/** A creator locks fees behind milestones; holders approve, and one of them tries to be counted twice. */
export async function rewardStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('Creator rewards: milestones that the holders of a token approve');
  const cast = await gather(stage, telling);
  const { id, escrow, milestones } = await commit(stage, telling, cast);
  const milestone = milestones[0]?.id ?? '';
  await complete(stage, telling, cast, id, milestone);
  await cheat(stage, telling, cast, id, milestone);
  await unlock(stage, telling, cast, id, milestone);
  const paid = await release(telling, cast, id, milestone);
  await prove(stage, telling, cast, { id, escrow: escrow.address, milestone, paid });
}

async function gather(stage: Stage, telling: Telling): Promise<Cast> {
  telling.step('A creator mints a token; three holders have $300, $60 and $60 of it');
  const creator = LocalWallet.generate();
  await stage.fundSol(creator.address, 5n * SOL);
  const mint = await createToken(stage.rpcUrl, creator, { decimals: DECIMALS, program: 'spl-token' });
  stage.world.setPrice?.(mint, '1.00');
  const whale = LocalWallet.generate();
  await stage.fundSol(whale.address, SOL);
  const others = [LocalWallet.generate(), LocalWallet.generate()];
  await mintTo(stage.rpcUrl, creator, mint, whale.address, 300n * TOKEN);
  for (const { address } of others) await mintTo(stage.rpcUrl, creator, mint, address, 60n * TOKEN);
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  telling.fact('token', mint);
  return { creator, mint, whale, others, admin };
}

async function commit(stage: Stage, telling: Telling, { creator, mint }: Cast): Promise<RewardAnswer> {
  telling.step('POST /api/commitments: two milestones, signed by the mint authority');
  const { body } = await stage.client.signAction<RewardAnswer>(
    creator,
    'commitment.create',
    {
      kind: 'creator_reward',
      tokenMint: mint,
      creatorFeeMode: 'assisted',
      milestones: [
        { title: 'Public beta', unlockLamports: Number(FIRST) },
        { title: 'Audit passed', unlockLamports: Number(SECOND) },
      ],
      destinationOnFail: LocalWallet.generate().address,
      statement: 'Beta in spring, audited in summer',
    },
    '/commitments',
  );
  await transferSol(stage.rpcUrl, creator, body.escrow.address, FUNDED);
  telling.fact('commitment', body.id);
  telling.fact('escrow', `${body.escrow.address}, ${FUNDED} lamports`);
  telling.fact('threshold', `$${body.milestones[0]?.approvals.thresholdUsd}`);
  return body;
}

async function complete(stage: Stage, telling: Telling, { creator }: Cast, id: string, milestone: string) {
  telling.step('The creator attests the first milestone');
  const params = { commitmentId: id, milestoneId: milestone };
  const path = '/commitments/:commitmentId/milestones/:milestoneId/complete';
  await stage.client.signAction(creator, 'milestone.complete', params, path);
  await tellWaiting(stage, telling, id, milestone);
}

async function cheat(
  stage: Stage,
  telling: Telling,
  cast: Cast,
  id: string,
  milestone: string,
): Promise<void> {
  telling.step('The $300 holder approves, moves the tokens to another wallet, and approves again from there');
  await signal(stage, cast.whale, id, milestone);
  const second = LocalWallet.generate();
  await transferTokens(stage.rpcUrl, cast.whale, second.address, cast.mint, 300n * TOKEN);
  await signal(stage, second, id, milestone);
  telling.fact('the creator', await refused(signal(stage, cast.creator, id, milestone)));
  await tellWaiting(stage, telling, id, milestone);

  telling.step('The claim delay of 48 hours passes; the balances are read again before anything unlocks');
  await stage.world.timeTravelTo?.(new Date(Date.now() + 49 * HOUR_MS));
  telling.fact('unlocking', JSON.stringify(await normalize(cast, id)));
  await tellWaiting(stage, telling, id, milestone);
}

async function unlock(
  stage: Stage,
  telling: Telling,
  cast: Cast,
  id: string,
  milestone: string,
): Promise<void> {
  telling.step('Two honest holders approve: $420 that exist once');
  for (const holder of cast.others) await signal(stage, holder, id, milestone);
  telling.fact('unlocking', JSON.stringify(await normalize(cast, id)));
  await tellWaiting(stage, telling, id, milestone);
}

async function release(
  telling: Telling,
  { admin }: Cast,
  id: string,
  milestone: string,
): Promise<PaymentAnswer> {
  telling.step('An admin releases; the creator is paid, and only once');
  const params = { commitmentId: id, milestoneId: milestone };
  const { status, body } = await admin.act<PaymentAnswer>('admin.milestone.release', params);
  telling.fact('answer', `${status}, payout ${body.payout.id} is ${body.payout.status}`);
  telling.fact('signature', body.signature ?? '(not confirmed yet)');
  telling.fact('again', await refused(admin.act('admin.milestone.release', params)));
  return body;
}

interface Ending {
  readonly id: string;
  readonly escrow: string;
  readonly milestone: string;
  readonly paid: PaymentAnswer;
}

async function prove(
  stage: Stage,
  telling: Telling,
  { creator }: Cast,
  { id, escrow, milestone, paid }: Ending,
) {
  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const out = (await movementsOf(stage.rpcUrl, escrow)).filter(({ from }) => from === escrow);
  proof.equal('payments out of the escrow', out.length, 1);
  proof.equal('signature', out[0]?.signature, paid.signature);
  proof.equal('memo', out[0]?.memo, paid.payout.id);
  proof.equal('receiver', out[0]?.to, creator.address);
  proof.equal('lamports', out[0]?.lamports, FIRST);
  const left = FUNDED - FIRST - (out[0]?.feeLamports ?? 0n);
  proof.equal('lamports left in the escrow', await balanceOf(stage.rpcUrl, escrow), left);
  proof.equal('milestone', (await milestoneOf(stage, id, milestone))?.status, 'released');
  proof.conclude();
}

async function signal(stage: Stage, holder: LocalWallet, id: string, milestone: string): Promise<unknown> {
  const params = { commitmentId: id, milestoneId: milestone };
  const path = '/commitments/:commitmentId/milestones/:milestoneId/signal';
  return stage.client.signAction(holder, 'milestone.signal', params, path);
}

async function normalize({ admin }: Cast, commitmentId: string): Promise<unknown> {
  return (await admin.post('/admin/normalize-rewards', { commitmentId })).body;
}

async function milestoneOf(
  stage: Stage,
  id: string,
  milestone: string,
): Promise<MilestoneAnswer | undefined> {
  const { body } = await stage.client.get<RewardAnswer>(`/commitments/${id}`);
  return body.milestones.find((one) => one.id === milestone);
}

async function tellWaiting(stage: Stage, telling: Telling, id: string, milestone: string): Promise<void> {
  const answer = await milestoneOf(stage, id, milestone);
  telling.fact('milestone', `${answer?.status}, approvals worth $${answer?.approvals.weightUsd}`);
  for (const { condition, value, limit, who } of answer?.waitingFor ?? []) {
    telling.fact('waits for', `${condition}: ${value ?? 'not known'}, needs ${limit} (${who})`);
  }
}
