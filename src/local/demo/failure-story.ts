import { type CommitmentAnswer, type PayoutAnswer, RestClient } from '#src/local/rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { movementsOf, Proof } from './proof.js';
import { refused } from './refused.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

const SOL = 1_000_000_000n;
const HOUR_MS = 3_600_000;

interface Scene {
  readonly authority: LocalWallet;
  readonly recipient: LocalWallet;
  readonly deadline: Date;
  readonly commitment: CommitmentAnswer;
}

/** A builder does not deliver: after the deadline the escrow goes to whom the terms promise it. Moves the chain's clock by an hour. */
export async function failureStory(stage: Stage, telling: Telling): Promise<void> {
  telling.title('A personal commitment that fails');
  const scene = await commit(stage, telling, new Date(Date.now() + HOUR_MS));
  const admin = new RestClient(stage.client.apiUrl, stage.client.origin);
  await admin.adminLogin(stage.admin);
  await tooEarly(telling, admin, scene);
  await sweep(stage, telling, admin, scene);
  await prove(stage, telling, scene);
}

async function commit(stage: Stage, telling: Telling, deadline: Date): Promise<Scene> {
  telling.step('A builder locks 1 SOL for an hour; if nothing is delivered, a charity gets it');
  const [authority, recipient] = [LocalWallet.generate(), LocalWallet.generate()];
  await stage.fundSol(authority.address, 2n * SOL);
  const { body: commitment } = await stage.client.signAction<CommitmentAnswer>(
    authority,
    'commitment.create',
    {
      kind: 'personal',
      destinationOnFail: recipient.address,
      amountLamports: Number(SOL),
      deadline: deadline.toISOString(),
      statement: 'A chapter within the hour',
    },
    '/commitments',
  );
  await transferSol(stage.rpcUrl, authority, commitment.escrow.address, SOL);
  telling.fact('commitment', commitment.id);
  telling.fact('destinationOnFail', recipient.address);
  telling.fact('escrow holds', `${await balanceOf(stage.rpcUrl, commitment.escrow.address)} lamports`);
  return { authority, recipient, deadline, commitment };
}

async function tooEarly(telling: Telling, admin: RestClient, { commitment: { id } }: Scene): Promise<void> {
  telling.step('Not even an admin can end it before the deadline');
  telling.fact('failure', await refused(admin.act('admin.commitment.failure', { commitmentId: id })));
}

async function sweep(stage: Stage, telling: Telling, admin: RestClient, scene: Scene): Promise<void> {
  telling.step(
    'The deadline passes and nothing was attested: the sweep settles it (a job does the same every minute)',
  );
  await stage.world.timeTravelTo?.(new Date(scene.deadline.getTime() + 1_000));
  telling.fact('sweep', JSON.stringify((await admin.post('/commitments/sweep')).body));
  const { id } = scene.commitment;
  const failed = await pollUntil(
    `commitment ${id} to be failed`,
    async () => {
      const { body } = await stage.client.get<CommitmentAnswer>(`/commitments/${id}`);
      return body.status === 'failed' ? body : undefined;
    },
    { deadlineMs: 240_000, everyMs: 250 },
  );
  telling.fact('commitment', failed.status);
}

async function prove(stage: Stage, telling: Telling, scene: Scene): Promise<void> {
  telling.step('The proof, read from the chain alone');
  const { authority, recipient, commitment } = scene;
  const escrow = commitment.escrow.address;
  const { body } = await stage.client.get<{ items: PayoutAnswer[] }>(`/commitments/${commitment.id}/payouts`);
  const movements = await movementsOf(stage.rpcUrl, escrow);
  const [funding, payment] = movements;
  const fee = payment?.feeLamports ?? 0n;
  const proof = new Proof(telling);
  proof.equal('transfers of the escrow, one in and one out', movements.length, 2);
  proof.equal('memo of the payment', payment?.memo, body.items[0]?.id);
  proof.equal('receiver of the payment', payment?.to, recipient.address);
  proof.equal(
    'lamports that it got, the fee taken off',
    await balanceOf(stage.rpcUrl, recipient.address),
    SOL - fee,
  );
  proof.equal('lamports left in the escrow', await balanceOf(stage.rpcUrl, escrow), 0n);
  const kept = SOL - (funding?.feeLamports ?? 0n);
  proof.equal(
    "the builder's lamports, without the stake",
    await balanceOf(stage.rpcUrl, authority.address),
    kept,
  );
  proof.conclude();
}
