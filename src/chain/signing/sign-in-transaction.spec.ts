import { Keypair, SystemProgram, Transaction, VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signWithSeed } from './keypair.js';
import { isSignedTransaction, type SignInMemo, signInTransaction } from './sign-in-transaction.js';

const keypair = Keypair.fromSeed(new Uint8Array(32).fill(7));
const memo: SignInMemo = {
  text: 'commit.example wants you to sign in with your Solana account:\n…\nNonce: 0f1e2d3c',
  wallet: keypair.publicKey.toBase58(),
  nonce: '0f1e2d3c',
};

/** The transaction as a wallet returns it. */
function signed(message: Uint8Array, signer = keypair): Uint8Array {
  const signature = signWithSeed(signer.secretKey.subarray(0, 32), message);
  return Uint8Array.from([1, ...signature, ...message]);
}
const messageOf = (given: SignInMemo = memo) => signInTransaction(given).subarray(65);

describe('a sign-in by a transaction', () => {
  it('holds the text as a memo, is signed by the wallet alone, and has a blockhash that never was', () => {
    const { message } = VersionedTransaction.deserialize(signInTransaction(memo));
    expect(message.header).toEqual({
      numRequiredSignatures: 1,
      numReadonlySignedAccounts: 0,
      numReadonlyUnsignedAccounts: 1,
    });
    expect(message.compiledInstructions).toHaveLength(1);
    expect(Buffer.from(message.compiledInstructions[0]?.data ?? []).toString()).toBe(memo.text);
    const other = VersionedTransaction.deserialize(signInTransaction({ ...memo, nonce: '0f1e2d3d' }));
    expect(other.message.recentBlockhash).not.toBe(message.recentBlockhash);
  });

  it('is proven by the wallet’s signature over exactly that, in either version', () => {
    expect(isSignedTransaction(signed(messageOf()), memo)).toBe(true);
    const { message } = VersionedTransaction.deserialize(signInTransaction(memo));
    const { accountKeys, instructions, recentBlockhash } = Transaction.populate(
      message as unknown as Parameters<typeof Transaction.populate>[0],
      [],
    ).compileMessage();
    expect([accountKeys.length, instructions.length]).toEqual([2, 1]);
    expect(recentBlockhash).toBe(message.recentBlockhash);
    const versioned = Uint8Array.from([0x80, ...messageOf(), 0]);
    expect(VersionedMessage.deserialize(versioned).version).toBe(0);
    expect(isSignedTransaction(signed(versioned), memo)).toBe(true);
  });

  it('is not proven by another wallet, nonce or text, nor by a transaction that does more', () => {
    const stranger = Keypair.fromSeed(new Uint8Array(32).fill(8));
    expect(isSignedTransaction(signed(messageOf(), stranger), memo)).toBe(false);
    for (const other of [
      { ...memo, nonce: '0f1e2d3d' },
      { ...memo, text: `${memo.text} ` },
      { ...memo, wallet: stranger.publicKey.toBase58() },
    ]) {
      expect(isSignedTransaction(signed(messageOf(other)), memo)).toBe(false);
      expect(isSignedTransaction(signed(messageOf()), other)).toBe(false);
    }
    const more = Transaction.from(signInTransaction(memo)).add(
      SystemProgram.transfer({ fromPubkey: keypair.publicKey, toPubkey: stranger.publicKey, lamports: 1 }),
    );
    expect(isSignedTransaction(signed(more.serializeMessage()), memo)).toBe(false);
    expect(isSignedTransaction(signInTransaction(memo), memo)).toBe(false);
  });

  it('is not proven by any other bytes, and never throws', () => {
    const whole = signed(messageOf());
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(isSignedTransaction(bytes, memo)).toBe(false);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_300 }), (bytes) => {
        expect(isSignedTransaction(bytes, memo)).toBe(false);
      }),
      { numRuns: 100 },
    );
    expect(isSignedTransaction(whole, { ...memo, wallet: 'no wallet' })).toBe(false);
  });
});
