import { Keypair, VersionedMessage } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { type CollectPlan, compileCollect } from './collect-transaction.js';
import { MOST_UNITS } from './compute-units.js';

const addressOf = (seed: number) => Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey.toBase58();
const [PAYER, MINT, ESCROW, QUOTE] = [1, 2, 3, 5].map(addressOf) as [string, string, string, string];
const MAX_BYTES = 1_232;

const LARGEST: CollectPlan = {
  escrow: ESCROW,
  feePayer: PAYER,
  memo: '018f3a52-9d6c-5b4e-8a71-0c2d4e6f8a9b',
  fromCurves: true,
  fromPools: true,
  sweptCurve: MINT,
  sweptPool: { mint: MINT, quoteAccount: QUOTE },
  blockhash: '1'.repeat(32),
  computeUnitLimit: MOST_UNITS,
  computeUnitPriceMicroLamports: 2n ** 63n,
};

describe('the collection of an escrow’s creator fees', () => {
  it('is signed by the fee payer alone: the programs never get the signature of the escrow', () => {
    const { header, staticAccountKeys } = VersionedMessage.deserialize(compileCollect(LARGEST));
    expect(header.numRequiredSignatures).toBe(1);
    expect(staticAccountKeys[0]?.toBase58()).toBe(PAYER);
    expect(staticAccountKeys.map((key) => key.toBase58())).toContain(ESCROW);
  });

  it('fits a packet at its largest', () => {
    expect(1 + 64 + compileCollect(LARGEST).length).toBeLessThanOrEqual(MAX_BYTES);
  });
});
