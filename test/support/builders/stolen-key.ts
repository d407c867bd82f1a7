import { Chain } from '#src/chain/port/chain.js';
import {
  assembleTransaction,
  compileTransfer,
  TRANSFER_COMPUTE_UNIT_LIMIT,
} from '#src/chain/signing/transfer-transaction.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
import { pollUntil } from '../poll.js';
import type { AppWorld } from '../worlds/app-world.js';
import type { Reward } from './rewards.js';
import { TestWallet } from './wallets.js';

/** A transfer signed with the escrow's own key, past the signing door. */
export async function stealFrom(
  world: AppWorld,
  { id, escrow }: Pick<Reward, 'id' | 'escrow'>,
  memo: string,
  lamports: bigint,
): Promise<string> {
  const app = world.app;
  const chain = app.get(Chain);
  const { blockhash } = await chain.latestBlockhash();
  const message = compileTransfer({
    source: escrow,
    destination: TestWallet.generate().address,
    lamports,
    memo,
    feePayer: escrow,
    blockhash,
    computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
    computeUnitPriceMicroLamports: 0n,
  });
  const [row] = await world.sql<Escrow & { messageHash: string; termsHash: string }>(
    `SELECT e.commitment_id AS "commitmentId", e.address, e.custody, e.key_id AS "keyId", e.ciphertext,
            e.privy_wallet_id AS "privyWalletId", e.created_at AS "createdAt", c.terms_hash AS "termsHash",
            c.message_hash AS "messageHash"
       FROM escrows e JOIN commitments c ON c.id = e.commitment_id WHERE c.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('no such escrow');
  const { messageHash, termsHash } = row;
  const signature = await app
    .get(LocalSigner)
    .sign(row, { commitmentId: id, messageHash, termsHash }, message);
  const { bytes, signature: text } = assembleTransaction(message, new Map([[escrow, signature]]));
  await chain.broadcast(bytes);
  await pollUntil('the theft to be final', async () => {
    const [landing] = await chain.landings([text], true);
    return landing?.state === 'finalized' || undefined;
  });
  return text;
}
