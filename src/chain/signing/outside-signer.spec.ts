import { randomBytes } from 'node:crypto';
import { PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { addressOfSeed, signWithSeed } from './keypair.js';
import {
  deadTransaction,
  type OutsideTransaction,
  signatureIn,
  unsignedTransaction,
} from './outside-signer.js';
import { requiredSigners } from './transfer-transaction.js';

const [seed, payerSeed] = [randomBytes(32), randomBytes(32)];
const [wallet, payer] = [addressOfSeed(seed), addressOfSeed(payerSeed)];

/** Signed for by a fee payer first and the wallet second. */
const message = new TransactionMessage({
  payerKey: new PublicKey(payer),
  recentBlockhash: addressOfSeed(randomBytes(32)),
  instructions: [
    SystemProgram.transfer({
      fromPubkey: new PublicKey(wallet),
      toPubkey: new PublicKey(payer),
      lamports: 1,
    }),
  ],
})
  .compileToV0Message()
  .serialize();

/** What comes back over the wire, with these signatures. */
function answer(signatures: readonly Uint8Array[], of: Uint8Array = message): OutsideTransaction {
  const transaction = unsignedTransaction(of);
  for (const [index, signature] of signatures.entries()) transaction.signatures[index] = signature;
  return VersionedTransaction.deserialize(transaction.serialize());
}

const NONE = new Uint8Array(64);

describe('an outside signer', () => {
  it('gets the message with zeros for every signature, the same bytes each time', () => {
    const [one, two] = [unsignedTransaction(message), unsignedTransaction(message)];
    expect(one.signatures).toEqual([NONE, NONE]);
    expect(one.serialize()).toEqual(two.serialize());
    expect(one.message.serialize()).toEqual(message);
  });

  it('is believed when the wallet has signed our message, whatever the other signers did', () => {
    const signature = signWithSeed(seed, message);
    for (const other of [NONE, signWithSeed(payerSeed, message), new Uint8Array(randomBytes(64))])
      expect(signatureIn(answer([other, signature]), message, wallet)).toEqual({ ok: true, signature });
  });

  it.each([
    ['none', NONE],
    ['that of another key', signWithSeed(payerSeed, message)],
    ['one over another message', signWithSeed(seed, new Uint8Array(randomBytes(32)))],
    ['one with a changed bit', signWithSeed(seed, message).with(7, 1).with(8, 2)],
  ])('is not believed when the signature is %s', (_, signature) => {
    const wrong = { ok: false, problem: 'wrong_signature' };
    expect(signatureIn(answer([NONE, signature]), message, wallet)).toEqual(wrong);
  });

  it('is not believed for a wallet that does not sign this message', () => {
    const stranger = addressOfSeed(randomBytes(32));
    const signed = answer([NONE, signWithSeed(seed, message)]);
    expect(signatureIn(signed, message, stranger)).toEqual({ ok: false, problem: 'wrong_signature' });
  });

  it('is not believed when another message comes back, however well signed', () => {
    const other = deadTransaction(wallet);
    const signed = answer([signWithSeed(seed, other)], other);
    expect(signatureIn(signed, message, wallet)).toEqual({ ok: false, problem: 'other_message' });
  });

  it('can be tried with a transaction of its own that nobody else has to sign', () => {
    expect(requiredSigners(deadTransaction(wallet))).toEqual([wallet]);
    expect(deadTransaction(wallet)).toEqual(deadTransaction(wallet));
  });
});
