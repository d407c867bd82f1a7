import { Keypair, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { bondingCurveAddress, canonicalPoolAddress } from '#src/chain/tokens/pump-accounts.js';
import { type ClaimPlan, compileClaim } from './claim-transaction.js';
import { wrappedSolAccount } from './collect-instructions.js';
import { creatorVaultAddress, poolVaultAuthority } from './pump-addresses.js';

const keyOf = (seed: number) => Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey;
const [MINT, CREATOR, QUOTE] = [keyOf(2), keyOf(3), keyOf(5)];
const MAX_BYTES = 1_232;

/**
 * What `OnlinePumpSdk.collectCoinCreatorFeeInstructions(creator)` of @pump-fun/pump-sdk 2.0.0 gives for the creator of seed
 * 32 x 0x03, over a connection on which no account exists. `s`: signs, `w`: is written.
 */
const OF_THE_LIBRARY = [
  {
    data: '1416567bc61cdb84',
    accounts: [
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse -w',
      '4itW81FkdMLnXV39ziwqvZc5nFFs5jYw6aibsEf2Zz4v -w',
      '11111111111111111111111111111111 --',
      'Ce6TQqeHC9p8KetsN6JsjHK7UTZk7nasjjnr7XxXp9F1 --',
      '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P --',
    ],
  },
  {
    data: '01',
    accounts: [
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse sw',
      'GubZ42CpFrGYWhtL5Qf44XHcmjqwjL2vPxxtZy7W2heW -w',
      'EKoeJvag9N1tUpVkBCp5Bpoa3gJ4hWUmYUmHjYxA3YpZ --',
      'So11111111111111111111111111111111111111112 --',
      '11111111111111111111111111111111 --',
      'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA --',
    ],
  },
  {
    data: '01',
    accounts: [
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse sw',
      '7bps9JyJgT5FWGUsvkEJBfhTHU8dEvkz4jPqPAgYvRGq -w',
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse --',
      'So11111111111111111111111111111111111111112 --',
      '11111111111111111111111111111111 --',
      'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA --',
    ],
  },
  {
    data: 'a039592ab58b2b42',
    accounts: [
      'So11111111111111111111111111111111111111112 --',
      'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA --',
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse --',
      'EKoeJvag9N1tUpVkBCp5Bpoa3gJ4hWUmYUmHjYxA3YpZ --',
      'GubZ42CpFrGYWhtL5Qf44XHcmjqwjL2vPxxtZy7W2heW -w',
      '7bps9JyJgT5FWGUsvkEJBfhTHU8dEvkz4jPqPAgYvRGq -w',
      'GS4CU59F31iL7aR2Q8zVS8DRrcRnXX1yjQ66TqNVQnaR --',
      'pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA --',
    ],
  },
  {
    data: '09',
    accounts: [
      '7bps9JyJgT5FWGUsvkEJBfhTHU8dEvkz4jPqPAgYvRGq -w',
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse -w',
      'GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse s-',
    ],
  },
];

const PLAN: ClaimPlan = {
  wallet: CREATOR.toBase58(),
  fromCurves: true,
  fromPools: true,
  sweptCurve: null,
  sweptPool: null,
  blockhash: PublicKey.default.toBase58(),
  computeUnitLimit: null,
  computeUnitPriceMicroLamports: 1_000n,
};
const SWEPT_POOL = { mint: MINT.toBase58(), quoteAccount: QUOTE.toBase58() };

function transactionOf(given: Partial<ClaimPlan>): VersionedTransaction {
  return VersionedTransaction.deserialize(compileClaim({ ...PLAN, ...given }));
}

/** Behind the two instructions about compute units. */
function instructionsOf(given: Partial<ClaimPlan>) {
  const { instructions } = TransactionMessage.decompile(transactionOf(given).message);
  return instructions.slice(2).map(({ programId, data, keys }) => ({
    program: programId.toBase58(),
    data: data.toString('hex'),
    keys: keys.map(({ pubkey }) => pubkey.toBase58()),
  }));
}

describe('the collection of creator fees', () => {
  it('is, data and accounts, what the library of pump.fun makes', () => {
    const made = instructionsOf({});
    expect(made.map(({ data }) => data)).toEqual(OF_THE_LIBRARY.map(({ data }) => data));
    expect(made.map(({ keys }) => keys)).toEqual(
      OF_THE_LIBRARY.map(({ accounts }) => accounts.map((account) => account.split(' ')[0])),
    );
  });

  it('writes to what the library writes to, and to nothing else', () => {
    const { message } = transactionOf({});
    const keys = message.staticAccountKeys;
    const written = keys.filter((_, index) => message.isAccountWritable(index)).map((key) => key.toBase58());
    const expected = OF_THE_LIBRARY.flatMap(({ accounts }) =>
      accounts.filter((account) => account.endsWith('w')).map((account) => account.split(' ')[0]),
    );
    expect(new Set(written)).toEqual(new Set(expected));
  });

  it('leaves out the half in which nothing is', () => {
    expect(instructionsOf({ fromPools: false }).map(({ data }) => data)).toEqual(['1416567bc61cdb84']);
    expect(instructionsOf({ fromCurves: false }).map(({ data }) => data)).toEqual([
      '01',
      '01',
      'a039592ab58b2b42',
      '09',
    ]);
    expect(instructionsOf({ fromCurves: false, fromPools: false })).toEqual([]);
  });

  // By the table of pump.fun's SWEEP_FEES.md: its library has no such instruction.
  it('sweeps a curve first, into the vault of its creator', () => {
    const [sweep, collect] = instructionsOf({
      fromCurves: false,
      fromPools: false,
      sweptCurve: MINT.toBase58(),
    });
    const [curve, vault] = [bondingCurveAddress(MINT), creatorVaultAddress(CREATOR)];
    expect(sweep).toEqual({
      program: '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P',
      data: '20f6bf3408c949ba',
      keys: [
        PLAN.wallet,
        '4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf',
        MINT.toBase58(),
        'So11111111111111111111111111111111111111112',
        'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
        'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
        '11111111111111111111111111111111',
        curve.toBase58(),
        wrappedSolAccount(curve).toBase58(),
        vault.toBase58(),
        wrappedSolAccount(vault).toBase58(),
        'Ce6TQqeHC9p8KetsN6JsjHK7UTZk7nasjjnr7XxXp9F1',
        '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P',
      ],
    });
    expect(collect?.data).toBe('1416567bc61cdb84');
  });

  it('sweeps a pool first, out of the account that the pool names', () => {
    const [sweep, ...rest] = instructionsOf({ fromCurves: false, fromPools: false, sweptPool: SWEPT_POOL });
    const authority = poolVaultAuthority(CREATOR);
    expect(sweep).toEqual({
      program: 'pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA',
      data: '20f6bf3408c949ba',
      keys: [
        PLAN.wallet,
        'ADyA8hdefvWN2dbGGWFotbzWxrAvLW83WG6QCVXvJKqw',
        canonicalPoolAddress(MINT).toBase58(),
        'So11111111111111111111111111111111111111112',
        'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
        QUOTE.toBase58(),
        authority.toBase58(),
        wrappedSolAccount(authority).toBase58(),
        '11111111111111111111111111111111',
        'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
        'GS4CU59F31iL7aR2Q8zVS8DRrcRnXX1yjQ66TqNVQnaR',
        'pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA',
      ],
    });
    expect(rest.map(({ data }) => data)).toEqual(['01', '01', 'a039592ab58b2b42', '09']);
  });

  it('fits a packet at its largest, is signed by the wallet alone, and by nobody yet', () => {
    const given = {
      sweptCurve: MINT.toBase58(),
      sweptPool: SWEPT_POOL,
      computeUnitPriceMicroLamports: 2n ** 63n,
    };
    expect(compileClaim({ ...PLAN, ...given }).length).toBeLessThanOrEqual(MAX_BYTES);
    const { message, signatures } = transactionOf(given);
    expect(message.header.numRequiredSignatures).toBe(1);
    expect(message.staticAccountKeys[0]?.equals(CREATOR)).toBe(true);
    expect(signatures).toEqual([new Uint8Array(64)]);
  });
});
