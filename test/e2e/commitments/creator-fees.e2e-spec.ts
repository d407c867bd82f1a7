import { TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chain } from '#src/chain/port/chain.js';
import { launch, startRewardWorld } from '../../support/builders/rewards.js';
import {
  poolQuoteAccountOf,
  setCurveVault,
  setPoolVault,
  setPumpCurve,
  setPumpPool,
} from '../../support/builders/pump.js';
import { TestWallet } from '../../support/builders/wallets.js';
import type { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

let world: AppWorld;
let stop: () => Promise<void>;
let mint: string;
let rent: bigint;

beforeAll(async () => {
  const started = await startRewardWorld();
  ({ world, stop } = started);
  ({ mint } = await launch(world, started.feed));
  rent = await world.app.get(Chain).rentExemptMinimum();
});
afterAll(async () => {
  await stop?.();
});

const rpcUrl = () => world.chain.rpcUrl;
const feesOf = async (wallet: TestWallet, query = '') =>
  (await world.client().get<Json>(`/pumpfun/creators/${wallet.address}${query}`)).body;
const claim = async (wallet: TestWallet, params: Json = {}) =>
  (await world.client().signAction<Json>(wallet, 'pumpfun.claim', params, '/pumpfun/claim')).body;

describe('the creator fees of a wallet', () => {
  it('are what both vaults hold, and what waits in both accounts of the coin that is named', async () => {
    const wallet = TestWallet.generate();
    expect(await feesOf(wallet)).toMatchObject({ wallet: wallet.address, claimableLamports: 0 });
    await setCurveVault(rpcUrl(), wallet.address, rent + 1_000n);
    await setPoolVault(rpcUrl(), wallet.address, 20_000n);
    await setPumpCurve(rpcUrl(), mint, wallet.address, { waiting: 300_000n });
    await setPumpPool(rpcUrl(), mint, wallet.address, { waiting: 4_000_000n });
    const vaults = { curveVaultLamports: 1_000, poolVaultLamports: 20_000 };
    expect(await feesOf(wallet)).toMatchObject({ ...vaults, claimableLamports: 21_000 });
    expect(await feesOf(wallet, `?tokenMint=${mint}`)).toMatchObject({
      ...vaults,
      tokenMint: mint,
      waitingOnCurveLamports: 300_000,
      waitingInPoolLamports: 4_000_000,
      claimableLamports: 4_321_000,
      slot: expect.any(Number),
    });
    const stranger = TestWallet.generate();
    expect(await feesOf(stranger, `?tokenMint=${mint}`)).toMatchObject({ claimableLamports: 0 });
  });

  it('of a coin in a layout of tomorrow are not guessed', async () => {
    const wallet = TestWallet.generate();
    await setPumpCurve(rpcUrl(), mint, wallet.address, { length: 200 });
    await expect(feesOf(wallet, `?tokenMint=${mint}`)).rejects.toMatchObject({
      status: 422,
      code: 'token_not_supported',
    });
    expect(await feesOf(wallet)).toMatchObject({ claimableLamports: 0 });
  });
});

describe('a claim', () => {
  it('is a transaction for the wallet to sign, that pays nobody else', async () => {
    const wallet = await world.fundedWallet();
    await setCurveVault(rpcUrl(), wallet.address, rent + 1_000n);
    await setPumpCurve(rpcUrl(), mint, wallet.address, { waiting: 5n });
    await setPumpPool(rpcUrl(), mint, wallet.address, { waiting: 7n });
    const answer = await claim(wallet, { tokenMint: mint });
    expect(answer).toMatchObject({ claimableLamports: 1_012, lastValidBlockHeight: expect.any(Number) });
    const transaction = VersionedTransaction.deserialize(
      Buffer.from(String(answer['transaction']), 'base64'),
    );
    const { message } = transaction;
    expect(message.staticAccountKeys[0]?.toBase58()).toBe(wallet.address);
    expect(message.header.numRequiredSignatures).toBe(1);
    const { instructions } = TransactionMessage.decompile(message);
    const programs = instructions.map(({ programId }) => programId.toBase58().slice(0, 4));
    expect(programs).toEqual(['Comp', 'Comp', '6EF8', '6EF8', 'pAMM', 'ATok', 'ATok', 'pAMM', 'Toke']);
    expect(instructions[4]?.keys[5]?.pubkey.toBase58()).toBe(poolQuoteAccountOf(mint));
    // Nobody has signed yet, and the wallet's signature is the only one that is missing.
    expect(transaction.signatures).toEqual([new Uint8Array(64)]);
    transaction.sign([wallet.keypair]);
    expect(transaction.signatures[0]).not.toEqual(new Uint8Array(64));
  });

  it('of nothing is refused', async () => {
    await expect(claim(TestWallet.generate())).rejects.toMatchObject({
      status: 409,
      code: 'nothing_to_claim',
    });
  });
});
