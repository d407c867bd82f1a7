import type { CommitmentAnswer, PaymentAnswer, PayoutAnswer } from '#src/local/rest-client.js';
import { RestClient } from '#src/local/rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const LOCKED = 2n * SOL;
const START = 5n * SOL;

/** A builder locks SOL, delivers, and gets it back exactly once. */
export async function personalStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('A personal commitment, from creation to its refund');
  const authority = await openingScene(stage, telling);
  const commitment = await createAndFund(stage, telling, authority);
  await attest(stage, telling, authority, commitment);
  const admin = await signIn(stage, telling, authority);
  const paid = await succeed(telling, admin, commitment);
  await tryAgain(telling, admin, commitment);
  await untilFinalized(stage, telling, paid.payout.id);
  await prove(stage, telling, authority, commitment, paid);
}

async function openingScene(stage: Stage, telling: Telling): Promise<LocalWallet> {
  const authority = LocalWallet.generate();
  telling.step('A builder has a wallet with some SOL');
  await stage.fundSol(authority.address, START);
  telling.fact('authority', authority.address);
  telling.fact('balance', `${START} lamports`);
  return authority;
}

async function createAndFund(
  stage: Stage,
  telling: Telling,
  authority: LocalWallet,
): Promise<CommitmentAnswer> {
  telling.step('POST /api/commitments: the wallet signs the full terms');
  const { body } = await stage.client.signAction<CommitmentAnswer>(
    authority,
    'commitment.create',
    {
      kind: 'personal',
      destinationOnFail: LocalWallet.generate().address,
      amountLamports: Number(LOCKED),
      deadline: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      statement: 'Ship the release notes by Friday',
    },
    '/commitments',
  );
  telling.fact('commitment', body.id);
  telling.fact('terms hash', body.termsHash);
  telling.fact('escrow', body.escrow.address);

  telling.step('The builder sends the SOL to the escrow');
  telling.fact('signature', await transferSol(stage.rpcUrl, authority, body.escrow.address, LOCKED));
  telling.fact('escrow holds', `${await balanceOf(stage.rpcUrl, body.escrow.address)} lamports`);
  return body;
}

async function attest(
  stage: Stage,
  telling: Telling,
  authority: LocalWallet,
  { id }: CommitmentAnswer,
): Promise<void> {
  telling.step('POST /api/commitments/:id/attest: delivered, says the signed message');
  const path = '/commitments/:commitmentId/attest';
  const { body } = await stage.client.signAction<CommitmentAnswer>(
    authority,
    'commitment.attest',
    { commitmentId: id },
    path,
  );
  telling.fact('attested at', body.attestedAt ?? '-');
}

async function signIn(stage: Stage, telling: Telling, stranger: LocalWallet): Promise<RestClient> {
  telling.step('An admin signs in with a wallet; anybody else is refused');
  const refusal = await refused(
    new RestClient(stage.client.apiUrl, stage.client.origin).adminLogin(stranger),
  );
  telling.fact('the builder', refusal);
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  telling.fact('the admin', (await admin.get<{ wallet: string }>('/admin/me')).body.wallet);
  return admin;
}

async function succeed(
  telling: Telling,
  admin: RestClient,
  { id }: CommitmentAnswer,
): Promise<PaymentAnswer> {
  telling.step('POST /api/commitments/:id/success: the admin resolves it, the escrow pays');
  const { status, body } = await admin.act<PaymentAnswer>('admin.commitment.success', { commitmentId: id });
  telling.fact('answer', `${status}, payout ${body.payout.id} is ${body.payout.status}`);
  telling.fact('signature', body.signature ?? '(not confirmed yet)');
  return body;
}

async function tryAgain(telling: Telling, admin: RestClient, { id }: CommitmentAnswer): Promise<void> {
  telling.step('The same request again pays nothing');
  telling.fact('answer', await refused(admin.act('admin.commitment.success', { commitmentId: id })));
}

async function untilFinalized(stage: Stage, telling: Telling, payoutId: string): Promise<void> {
  telling.step('The chain finalizes the payment; nothing can undo it now');
  const payout = await pollUntil(
    `payout ${payoutId} to be finalized`,
    async () => {
      const { body } = await stage.client.get<PayoutAnswer>(`/payouts/${payoutId}`);
      return body.status === 'finalized' ? body : undefined;
    },
    { deadlineMs: 240_000, everyMs: 250 },
  );
  telling.fact('payout', payout.status);
}

async function prove(
  stage: Stage,
  telling: Telling,
  authority: LocalWallet,
  { id, escrow }: CommitmentAnswer,
  paid: PaymentAnswer,
): Promise<void> {
  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const movements = await movementsOf(stage.rpcUrl, escrow.address);
  const [funding, refund] = movements;
  const { body: resolved } = await stage.client.get<CommitmentAnswer>(`/commitments/${id}`);
  proof.equal('status of the commitment', resolved.status, 'succeeded');
  proof.equal('transfers of the escrow, one in and one out', movements.length, 2);
  proof.equal('lamports locked', funding?.lamports, LOCKED);
  proof.equal('signature of the refund', refund?.signature, paid.signature);
  proof.equal('memo of the refund', refund?.memo, paid.payout.id);
  proof.equal('receiver of the refund', refund?.to, authority.address);
  proof.equal('lamports refunded, the fee taken off', refund?.lamports, LOCKED - (refund?.feeLamports ?? 0n));
  proof.equal('lamports left in the escrow', await balanceOf(stage.rpcUrl, escrow.address), 0n);
  const fees = (funding?.feeLamports ?? 0n) + (refund?.feeLamports ?? 0n);
  proof.equal(
    "the builder's lamports, two fees poorer",
    await balanceOf(stage.rpcUrl, authority.address),
    START - fees,
  );
  proof.conclude();
}
