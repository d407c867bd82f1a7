import { randomBytes } from 'node:crypto';
import {
  createCloseAccountInstruction,
  createTransferInstruction,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
} from '@solana/spl-token';
import {
  ComputeBudgetProgram,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { decodeMemo, decodeTransfer, decodeUnwrap } from './decode-message.js';
import { addressOfSeed } from './keypair.js';
import { compileMemo } from './memo-transaction.js';
import { compileTransfer, MEMO_PROGRAM } from './transfer-transaction.js';
import { compileUnwrap, wrappedSolAccountOf } from './unwrap-transaction.js';

const [escrow, payer, thief] = [newKey(), newKey(), newKey()];
const base = {
  memo: 'a payout id',
  feePayer: payer.toBase58(),
  blockhash: newKey().toBase58(),
  computeUnitLimit: 60_000,
  computeUnitPriceMicroLamports: 7n,
};
const unwrap = { ...base, source: escrow.toBase58() };
const transfer = { ...unwrap, destination: thief.toBase58(), lamports: 5n };
const wrapped = new PublicKey(wrappedSolAccountOf(escrow.toBase58()));

function newKey(): PublicKey {
  return new PublicKey(addressOfSeed(randomBytes(32)));
}

/** A message with these instructions between budget and memo. */
function around(...instructions: readonly TransactionInstruction[]): Uint8Array {
  const memo = { programId: MEMO_PROGRAM, keys: [{ pubkey: escrow, isSigner: true, isWritable: false }] };
  return new TransactionMessage({
    payerKey: payer,
    recentBlockhash: base.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: base.computeUnitLimit }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: base.computeUnitPriceMicroLamports }),
      ...instructions,
      new TransactionInstruction({ ...memo, data: Buffer.from(base.memo) }),
    ],
  })
    .compileToV0Message()
    .serialize();
}

const close = (account: PublicKey, to: PublicKey) => createCloseAccountInstruction(account, to, escrow);

describe('the shapes of messages', () => {
  it('are read back as what they were compiled from, each by its own reader', () => {
    const messages = [compileTransfer(transfer), compileUnwrap(unwrap), compileMemo(base)];
    expect(messages.map(decodeTransfer)).toEqual([transfer, null, null]);
    expect(messages.map(decodeUnwrap)).toEqual([null, unwrap, null]);
    expect(messages.map(decodeMemo)).toEqual([null, null, base]);
  });

  it('are paid for by the escrow itself too', () => {
    const own = { ...unwrap, feePayer: unwrap.source };
    expect(decodeUnwrap(compileUnwrap(own))).toEqual(own);
  });

  it('T8: close the escrow’s own wrapped SOL into the escrow, and nothing else', () => {
    expect(decodeUnwrap(around(close(wrapped, escrow)))).toEqual(unwrap);
    const account = getAssociatedTokenAddressSync(NATIVE_MINT, thief);
    const others = [
      [close(wrapped, thief)],
      [close(account, escrow)],
      [createCloseAccountInstruction(wrapped, escrow, thief)],
      [createCloseAccountInstruction(wrapped, escrow, escrow, [thief])],
      [createTransferInstruction(wrapped, account, escrow, 1)],
      [close(wrapped, escrow), close(wrapped, escrow)],
      [close(wrapped, escrow), SystemProgram.transfer({ fromPubkey: escrow, toPubkey: thief, lamports: 1 })],
    ];
    for (const instructions of others) expect(decodeUnwrap(around(...instructions))).toBeNull();
  });

  it('T8: a text of the fee payer is nothing but a text', () => {
    const stolen = SystemProgram.transfer({ fromPubkey: payer, toPubkey: thief, lamports: 1 });
    expect(decodeMemo(around(stolen))).toBeNull();
    expect(decodeMemo(around())).toBeNull();
    expect(decodeMemo(new Uint8Array())).toBeNull();
    expect(decodeMemo(randomBytes(200))).toBeNull();
  });
});
