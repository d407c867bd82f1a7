import {
  AuthorityType,
  ExtensionType,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  createCloseAccountInstruction,
  createInitializeMetadataPointerInstruction,
  createInitializeMint2Instruction,
  createSetAuthorityInstruction,
  getMintLen,
} from '@solana/spl-token';
import { Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SolanaChain } from '#src/chain/solana-chain.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { sendInstructions } from '#src/local/chain/send-transaction.js';
import { createToken, mintTo, transferTokens } from '#src/local/chain/token.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { countOf } from '../../support/proxies/rpc-faults.js';
import { type Fault, RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { chainAt } from '../../support/worlds/solana-chain.js';
import {
  METAPLEX_PROGRAM,
  type Program,
  associatedAccount,
  metaplexAddress,
  programIds,
  setAccount,
  setMetaplexMetadata,
  setTokenAccount,
  splitOff,
} from '../../support/builders/tokens.js';
import { SOL, TestWallet, fundedWallet } from '../../support/builders/wallets.js';

const PROGRAMS: Program[] = ['spl-token', 'token-2022'];

let local: LocalChain;
let chain: SolanaChain;
let creator: TestWallet;
let proxy: RpcProxy | undefined;

beforeAll(async () => {
  local = await startTestChain();
  chain = chainAt([local.rpcUrl]);
  creator = await fundedWallet(local, 100n * SOL);
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});
afterAll(async () => local.stop());

const stranger = () => TestWallet.generate().address;
const newToken = (program: Program, withMetadata = false) =>
  createToken(local.rpcUrl, creator, { decimals: 6, program, withMetadata });

/** A token, all of it in the wallet's associated account. */
async function tokenOf(wallet: TestWallet, program: Program, rawAmount: bigint): Promise<string> {
  const mint = await newToken(program);
  await mintTo(local.rpcUrl, creator, mint, wallet.address, rawAmount);
  return mint;
}

async function giveAuthority(mint: string, type: AuthorityType, to: string | null, program: Program) {
  const authority = creator.keypair.publicKey;
  const next = to === null ? null : new PublicKey(to);
  await sendInstructions(local.rpcUrl, creator, [
    createSetAuthorityInstruction(new PublicKey(mint), authority, type, next, [], programIds[program]),
  ]);
}

async function tokenPointingTo(metadata: PublicKey | null): Promise<string> {
  const mint = Keypair.generate();
  const space = getMintLen([ExtensionType.MetadataPointer]);
  const authority = creator.keypair.publicKey;
  const account = { lamports: Number(SOL), space, programId: TOKEN_2022_PROGRAM_ID };
  await sendInstructions(
    local.rpcUrl,
    creator,
    [
      SystemProgram.createAccount({ fromPubkey: authority, newAccountPubkey: mint.publicKey, ...account }),
      createInitializeMetadataPointerInstruction(mint.publicKey, authority, metadata, TOKEN_2022_PROGRAM_ID),
      createInitializeMint2Instruction(mint.publicKey, 9, authority, null, TOKEN_2022_PROGRAM_ID),
    ],
    [mint],
  );
  return mint.publicKey.toBase58();
}

describe('a mint', () => {
  it.each(PROGRAMS)('of %s is described as it is on chain', async (program) => {
    const mint = await tokenOf(creator, program, 2n ** 64n - 1n);
    expect(await chain.tokenMint(mint)).toEqual({
      mint,
      program,
      decimals: 6,
      supply: 2n ** 64n - 1n,
      mintAuthority: creator.address,
      freezeAuthority: null,
      updateAuthority: null,
      pumpCreator: null,
      pumpProblem: null,
      extensions: [],
    });
  });

  it.each(PROGRAMS)('of %s whose minting has ended has no mint authority', async (program) => {
    const mint = await newToken(program);
    await giveAuthority(mint, AuthorityType.MintTokens, null, program);
    expect(await chain.tokenMint(mint)).toMatchObject({ mintAuthority: null });
  });

  it('is not a wallet, an empty address, a program or a token account', async () => {
    const mint = await tokenOf(creator, 'spl-token', 1n);
    const account = associatedAccount(creator.address, mint, 'spl-token');
    for (const address of [creator.address, stranger(), TOKEN_PROGRAM_ID.toBase58(), account]) {
      expect(await chain.tokenMint(address)).toBeNull();
    }
  });

  it('that nobody could read is an outage, not an absent mint', async () => {
    proxy = await RpcProxy.start();
    const broken = chainAt([proxy.url]);
    await expect(broken.tokenMint(stranger())).rejects.toMatchObject({ code: 'rpc_unavailable' });
    await expect(broken.tokenAccountsOf(stranger(), stranger())).rejects.toMatchObject({
      code: 'rpc_unavailable',
    });
    const account = { address: stranger(), owner: stranger() };
    await expect(broken.tokenAmounts(stranger(), [account])).rejects.toMatchObject({
      code: 'rpc_unavailable',
    });
  });
});

describe('the metadata update authority', () => {
  const authorityOf = async (mint: string) => (await chain.tokenMint(mint))?.updateAuthority;

  it('is read from the metadata within a Token-2022 mint', async () => {
    const mint = await newToken('token-2022', true);
    await giveAuthority(mint, AuthorityType.MintTokens, null, 'token-2022');
    expect(await chain.tokenMint(mint)).toMatchObject({
      mintAuthority: null,
      updateAuthority: creator.address,
    });
  });

  it('of a mint with its own metadata is not overruled by a Metaplex account', async () => {
    const mint = await newToken('token-2022', true);
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority: stranger() });
    expect(await authorityOf(mint)).toBe(creator.address);
  });

  it.each(PROGRAMS)('is read from Metaplex metadata for %s', async (program) => {
    const [mint, updateAuthority] = [await newToken(program), stranger()];
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority });
    expect(await authorityOf(mint)).toBe(updateAuthority);
  });

  it('is read from Metaplex metadata where a Token-2022 mint points to it, or points nowhere', async () => {
    const nowhere = await tokenPointingTo(null);
    const updateAuthority = stranger();
    await setMetaplexMetadata(local.rpcUrl, nowhere, { updateAuthority });
    expect(await authorityOf(nowhere)).toBe(updateAuthority);
    const mint = await newToken('token-2022', true);
    await pointTo(mint, metaplexAddress(mint));
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority });
    expect(await authorityOf(mint)).toBe(updateAuthority);
  });

  it('is nobody when the account at the Metaplex address belongs to another program or speaks of another mint', async () => {
    const mint = await newToken('spl-token');
    const updateAuthority = stranger();
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority, owner: stranger() });
    expect(await authorityOf(mint)).toBeNull();
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority, of: stranger() });
    expect(await authorityOf(mint)).toBeNull();
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority: PublicKey.default.toBase58() });
    expect(await authorityOf(mint)).toBeNull();
    await setAccount(local.rpcUrl, metaplexAddress(mint), {
      owner: METAPLEX_PROGRAM,
      data: Buffer.alloc(607),
    });
    expect(await authorityOf(mint)).toBeNull();
    await setMetaplexMetadata(local.rpcUrl, mint, { updateAuthority });
    expect(await authorityOf(mint)).toBe(updateAuthority);
  });

  it("is nobody when the mint points to another mint's metadata, to a wallet or to nothing", async () => {
    const other = await newToken('token-2022', true);
    for (const target of [other, creator.address, stranger()]) {
      expect(await authorityOf(await tokenPointingTo(new PublicKey(target)))).toBeNull();
    }
  });

  async function pointTo(mint: string, target: string): Promise<void> {
    const info = await getAccount(mint);
    const pointer = info.indexOf(Buffer.concat([creator.keypair.publicKey.toBuffer(), decode(mint)]));
    decode(target).copy(info, pointer + 32);
    await setAccount(local.rpcUrl, mint, { owner: TOKEN_2022_PROGRAM_ID.toBase58(), data: info });
  }
});

const decode = (address: string) => new PublicKey(address).toBuffer();

async function getAccount(address: string): Promise<Buffer> {
  const response = await fetch(local.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'getAccountInfo',
      params: [address, { encoding: 'base64', commitment: 'confirmed' }],
    }),
  });
  const { result } = (await response.json()) as { result: { value: { data: [string] } } };
  return Buffer.from(result.value.data[0], 'base64');
}

describe('token accounts of an owner', () => {
  it.each(PROGRAMS)('are all of %s, and of that mint only', async (program) => {
    const holder = await fundedWallet(local);
    const mint = await tokenOf(holder, program, 1_000n);
    await tokenOf(holder, program, 555n);
    const second = await splitOff(local.rpcUrl, holder, { mint, program, rawAmount: 300n });
    const third = await splitOff(local.rpcUrl, holder, { mint, program, rawAmount: 1n });
    expect(await chain.tokenAccountsOf(mint, stranger())).toEqual([]);
    const accounts = await chain.tokenAccountsOf(mint, holder.address);
    expect(new Map(accounts.map(({ address, rawAmount }) => [address, rawAmount]))).toEqual(
      new Map([
        [associatedAccount(holder.address, mint, program), 699n],
        [second, 300n],
        [third, 1n],
      ]),
    );
  });

  it.each(PROGRAMS)('V1: %s that moved to a second wallet count there and nowhere else', async (program) => {
    const [first, second] = [await fundedWallet(local), stranger()];
    const mint = await tokenOf(first, program, 1_000n);
    const accounts = [{ address: associatedAccount(first.address, mint, program), owner: first.address }];
    expect(await chain.tokenAmounts(mint, accounts)).toEqual([1_000n]);
    await transferTokens(local.rpcUrl, first, second, mint, 1_000n);
    expect(await chain.tokenAccountsOf(mint, first.address)).toMatchObject([{ rawAmount: 0n }]);
    expect(await chain.tokenAccountsOf(mint, second)).toMatchObject([{ rawAmount: 1_000n }]);
    accounts.push({ address: associatedAccount(second, mint, program), owner: second });
    expect(await chain.tokenAmounts(mint, accounts)).toEqual([0n, 1_000n]);
  });

  it('asks the next endpoint when one answers with accounts of another owner or mint, or one account twice', async () => {
    const [holder, rich] = [await fundedWallet(local), await fundedWallet(local)];
    const mint = await tokenOf(holder, 'spl-token', 5n);
    await mintTo(local.rpcUrl, creator, mint, rich.address, 1_000_000n);
    const [ofRich] = await rawAccountsOf(rich.address, mint);
    const [ofHolder] = await rawAccountsOf(holder.address, mint);
    const lies = [[ofRich], [ofHolder, ofHolder]];
    for (const lie of lies) {
      const change = (result: unknown) => ({ ...(result as object), value: lie });
      proxy = await RpcProxy.start(local.rpcUrl, () => ({ kind: 'result', change }));
      const lied = chainAt([proxy.url, local.rpcUrl]);
      expect(await lied.tokenAccountsOf(mint, holder.address)).toMatchObject([{ rawAmount: 5n }]);
      await expect(chainAt([proxy.url]).tokenAccountsOf(mint, holder.address)).rejects.toMatchObject({
        code: 'rpc_unavailable',
      });
      await proxy.stop();
    }
  });

  it('asks the next endpoint when one does not know the mint yet', async () => {
    const holder = await fundedWallet(local);
    const mint = await tokenOf(holder, 'spl-token', 5n);
    proxy = await RpcProxy.start(local.rpcUrl, () => ({ kind: 'error', code: -32602 }));
    expect(await chainAt([proxy.url, local.rpcUrl]).tokenAccountsOf(mint, holder.address)).toHaveLength(1);
    await expect(chainAt([proxy.url]).tokenAccountsOf(mint, holder.address)).rejects.toMatchObject({
      code: 'rpc_unavailable',
    });
  });

  async function rawAccountsOf(owner: string, mint: string): Promise<unknown[]> {
    proxy = await RpcProxy.start(local.rpcUrl);
    const seen: unknown[] = [];
    proxy.plan = () => ({
      kind: 'after',
      judge: (result) => {
        seen.push(...(result as { value: unknown[] }).value);
        return undefined;
      },
    });
    await chainAt([proxy.url]).tokenAccountsOf(mint, owner);
    await proxy.stop();
    return seen;
  }
});

describe('amounts of known accounts', () => {
  const inSlot = (slot: () => number): Fault => ({
    kind: 'result',
    change: (result) => ({ ...(result as object), context: { slot: slot() } }),
  });

  it('are null for accounts that were closed, changed hands, are of another mint or none at all', async () => {
    const holder = await fundedWallet(local);
    const mint = await tokenOf(holder, 'spl-token', 100n);
    const other = await tokenOf(holder, 'spl-token', 100n);
    const [kept, given, closed] = await Promise.all(
      [10n, 20n, 0n].map((rawAmount) =>
        splitOff(local.rpcUrl, holder, { mint, program: 'spl-token', rawAmount }),
      ),
    );
    const [owner, thief] = [holder.keypair.publicKey, stranger()];
    await sendInstructions(local.rpcUrl, holder, [
      createSetAuthorityInstruction(
        new PublicKey(given ?? ''),
        owner,
        AuthorityType.AccountOwner,
        new PublicKey(thief),
      ),
      createCloseAccountInstruction(new PublicKey(closed ?? ''), owner, owner),
    ]);
    const foreign = associatedAccount(holder.address, other, 'spl-token');
    const addresses = [kept ?? '', given ?? '', closed ?? '', foreign, holder.address, mint];
    const asked = addresses.map((address) => ({ address, owner: holder.address }));
    expect(await chain.tokenAmounts(mint, asked)).toEqual([10n, null, null, null, null, null]);
    expect(await chain.tokenAmounts(mint, [{ address: given ?? '', owner: thief }])).toEqual([20n]);
    expect(await chain.tokenAmounts(mint, [])).toEqual([]);
  });

  it('of 250 accounts take 3 calls', async () => {
    const mint = await newToken('spl-token');
    const owner = stranger();
    const accounts = await Promise.all(
      Array.from({ length: 250 }, async (_, i) => ({
        address: await setTokenAccount(local.rpcUrl, mint, owner, BigInt(i)),
        owner,
      })),
    );
    proxy = await RpcProxy.start(local.rpcUrl, () => inSlot(() => 7));
    const amounts = await chainAt([proxy.url]).tokenAmounts(mint, accounts);
    expect(amounts).toEqual(accounts.map((_, i) => BigInt(i)));
    expect(countOf(proxy, 'getMultipleAccounts')).toBe(3);
    expect(proxy.calls).toHaveLength(3);
  });

  it('V1: that moved while the calls were under way are not counted twice', async () => {
    const [first, second] = [await fundedWallet(local), await fundedWallet(local)];
    const mint = await tokenOf(first, 'spl-token', 1_000n);
    await mintTo(local.rpcUrl, creator, mint, second.address, 0n);
    const refOf = ({ address: owner }: TestWallet) => ({
      address: associatedAccount(owner, mint, 'spl-token'),
      owner,
    });
    const between = Array.from({ length: 100 }, () => ({ address: stranger(), owner: stranger() }));
    let slot = 0;
    let moved = false;
    proxy = await RpcProxy.start(local.rpcUrl, async ({ params }) => {
      const fresh = inSlot(() => (slot += 1));
      if (moved || (params[0] as string[]).includes(refOf(first).address)) return fresh;
      moved = true;
      await transferTokens(local.rpcUrl, first, second.address, mint, 1_000n);
      return fresh;
    });
    const amounts = await chainAt([proxy.url], { timeoutMs: 10_000 }).tokenAmounts(mint, [
      refOf(first),
      ...between,
      refOf(second),
    ]);
    expect(moved).toBe(true);
    expect(amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n)).toBeLessThanOrEqual(1_000n);
    expect(amounts[0]).toBe(0n);
  });

  it('are read again until all calls answer from one slot', async () => {
    const holder = await fundedWallet(local);
    const mint = await tokenOf(holder, 'spl-token', 9n);
    const known = {
      address: associatedAccount(holder.address, mint, 'spl-token'),
      owner: holder.address,
    };
    const accounts = Array.from({ length: 101 }, () => known);
    let calls = 0;
    proxy = await RpcProxy.start(local.rpcUrl, () => inSlot(() => ((calls += 1) > 2 ? 50 : calls)));
    expect(await chainAt([proxy.url]).tokenAmounts(mint, accounts)).toEqual(accounts.map(() => 9n));
    expect(proxy.calls).toHaveLength(4);
  });
});
