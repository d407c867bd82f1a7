import {
  type CommitToShip,
  type CreatedCommitmentDto,
  getSignedInAdmin,
  getCommitment,
  type PayoutDto,
} from '#client';
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
  const paid = await pay(stage, telling, admin, commitment);
  await untilFinalized(stage, telling, paid.id);
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
  { connect, rpcUrl }: Stage,
  telling: Telling,
  authority: LocalWallet,
): Promise<CreatedCommitmentDto> {
  telling.step('POST /api/commitments: the wallet signs the full terms');
  const terms = {
    kind: 'personal',
    destinationOnFail: LocalWallet.generate().address,
    amountLamports: Number(LOCKED),
    deadline: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    statement: 'Ship the release notes by Friday',
  } as const;
  const created = await connect().signAndSend('commitment.create', terms, authority);
  telling.fact('commitment', created.id);
  telling.fact('terms hash', created.termsHash);
  telling.fact('escrow', created.escrowAddress);

  telling.step('The builder sends the SOL to the escrow');
  telling.fact('signature', await transferSol(rpcUrl, authority, created.escrowAddress, LOCKED));
  telling.fact('escrow holds', `${await balanceOf(rpcUrl, created.escrowAddress)} lamports`);
  return created;
}

async function attest(
  { connect }: Stage,
  telling: Telling,
  authority: LocalWallet,
  { id }: CreatedCommitmentDto,
): Promise<void> {
  telling.step('POST /api/commitments/:id/attest: delivered, says the signed message');
  const attested = await connect().signAndSend('commitment.attest', { commitmentId: id }, authority);
  telling.fact('attested at', ('attestedAt' in attested ? attested.attestedAt : undefined) ?? '-');
}

async function signIn(stage: Stage, telling: Telling, stranger: LocalWallet): Promise<CommitToShip> {
  telling.step('An admin signs in with a wallet; anybody else is refused');
  telling.fact('the builder', await refused(stage.connect().signIn(stranger)));
  const admin = stage.connect();
  await admin.signIn(stage.admin);
  telling.fact('the admin', (await admin.take(getSignedInAdmin({ client: admin.client }))).wallet);
  return admin;
}

const succeed = ({ admin: wallet }: Stage, admin: CommitToShip, { id: commitmentId }: CreatedCommitmentDto) =>
  admin.signAndSend('admin.commitment.success', { commitmentId }, wallet);

async function pay(
  stage: Stage,
  telling: Telling,
  admin: CommitToShip,
  commitment: CreatedCommitmentDto,
): Promise<PayoutDto> {
  telling.step('POST /api/commitments/:id/success: the admin resolves it, the escrow pays');
  const { payout } = await succeed(stage, admin, commitment);
  if (payout === undefined) throw new Error('the escrow holds the promised SOL, and pays nothing');
  telling.fact('answer', `payout ${payout.id} is ${payout.status}`);
  telling.fact('signature', payout.signature ?? '(not confirmed yet)');
  telling.step('The same request again pays nothing');
  telling.fact('answer', await refused(succeed(stage, admin, commitment)));
  return payout;
}

async function untilFinalized({ connect }: Stage, telling: Telling, payoutId: string): Promise<void> {
  telling.step('The chain finalizes the payment; nothing can undo it now');
  const signal = AbortSignal.timeout(240_000);
  const { status } = await connect().followPayout(payoutId, { intervalMs: 250, signal });
  telling.fact('payout', status);
}

async function prove(
  stage: Stage,
  telling: Telling,
  authority: LocalWallet,
  { id, escrow }: CreatedCommitmentDto,
  paid: PayoutDto,
): Promise<void> {
  telling.step('The proof, read from the chain alone');
  const proof = new Proof(telling);
  const movements = await movementsOf(stage.rpcUrl, escrow.address);
  const [funding, refund] = movements;
  const api = stage.connect();
  const resolved = await api.take(getCommitment({ client: api.client, path: { id } }));
  proof.equal('status of the commitment', resolved.status, 'succeeded');
  proof.equal('transfers of the escrow, one in and one out', movements.length, 2);
  proof.equal('lamports locked', funding?.lamports, LOCKED);
  proof.equal('signature of the refund', refund?.signature, paid.signature);
  proof.equal('memo of the refund', refund?.memo, paid.id);
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
