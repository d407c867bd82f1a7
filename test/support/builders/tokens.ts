import {
  AccountLayout,
  AccountState,
  AuthorityType,
  createInitializeAccount3Instruction,
  createSetAuthorityInstruction,
  createTransferInstruction,
  getAssociatedTokenAddressSync,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { sendInstructions } from '#src/local/chain/send-transaction.js';
import type { LocalWallet } from '#src/local/chain/local-wallet.js';
import { rpc } from '../proxies/rpc-faults.js';

export const METAPLEX_PROGRAM = 'metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s';
export const programIds = { 'spl-token': TOKEN_PROGRAM_ID, 'token-2022': TOKEN_2022_PROGRAM_ID } as const;
export type Program = keyof typeof programIds;

const RENT = 10_000_000;
const TOKEN_ACCOUNT_BYTES = 200;

/** Writes an account into a local chain without any transaction. */
export async function setAccount(
  rpcUrl: string,
  address: string,
  { owner, data, lamports = RENT }: { owner: string; data: Uint8Array; lamports?: number },
): Promise<void> {
  const account = {
    lamports,
    data: Buffer.from(data).toString('hex'),
    owner,
    executable: false,
    rentEpoch: 0,
  };
  const { error } = await rpc(rpcUrl, 'surfnet_setAccount', [address, account]);
  if (error) throw new Error(`surfnet_setAccount was refused: ${error.message}`);
}

/** Metaplex metadata for a mint where the program would keep it; `owner`: another program to own the account. */
export async function setMetaplexMetadata(
  rpcUrl: string,
  mint: string,
  {
    updateAuthority,
    of = mint,
    owner = METAPLEX_PROGRAM,
  }: { updateAuthority: string; of?: string; owner?: string },
): Promise<void> {
  const data = metaplexMetadata(updateAuthority, of);
  await setAccount(rpcUrl, metaplexAddress(mint), { owner, data });
}

export function metaplexAddress(mint: string): string {
  const program = new PublicKey(METAPLEX_PROGRAM);
  const seeds = [Buffer.from('metadata'), program.toBuffer(), new PublicKey(mint).toBuffer()];
  return PublicKey.findProgramAddressSync(seeds, program)[0].toBase58();
}

function metaplexMetadata(updateAuthority: string, mint: string): Buffer {
  const text = (value: string, room: number) => {
    const bytes = Buffer.alloc(4 + room);
    bytes.writeUInt32LE(room);
    bytes.write(value, 4);
    return bytes;
  };
  return Buffer.concat([
    Buffer.of(4),
    new PublicKey(updateAuthority).toBuffer(),
    new PublicKey(mint).toBuffer(),
    text('Test', 32),
    text('TST', 10),
    text('http://127.0.0.1/test.json', 200),
    Buffer.alloc(2), // no seller fee
    Buffer.of(0, 0, 1), // no creators, no primary sale, mutable
    Buffer.alloc(289), // room for the fields that may follow, up to the 607 bytes that the program allocates
  ]);
}

/** A token account written into the chain. @returns its address */
export async function setTokenAccount(
  rpcUrl: string,
  mint: string,
  owner: string,
  rawAmount: bigint,
): Promise<string> {
  const address = Keypair.generate().publicKey.toBase58();
  const data = Buffer.alloc(AccountLayout.span);
  AccountLayout.encode(
    {
      mint: new PublicKey(mint),
      owner: new PublicKey(owner),
      amount: rawAmount,
      delegateOption: 0,
      delegate: PublicKey.default,
      state: AccountState.Initialized,
      isNativeOption: 0,
      isNative: 0n,
      delegatedAmount: 0n,
      closeAuthorityOption: 0,
      closeAuthority: PublicKey.default,
    },
    data,
  );
  await setAccount(rpcUrl, address, { owner: TOKEN_PROGRAM_ID.toBase58(), data });
  return address;
}

/** A further token account of a wallet, filled from its associated one by a real transaction. @returns its address */
export async function splitOff(
  rpcUrl: string,
  wallet: LocalWallet,
  { mint, program, rawAmount }: { mint: string; program: Program; rawAmount: bigint },
): Promise<string> {
  const account = Keypair.generate();
  const programId = programIds[program];
  const owner = wallet.keypair.publicKey;
  await sendInstructions(
    rpcUrl,
    wallet,
    [
      SystemProgram.createAccount({
        fromPubkey: owner,
        newAccountPubkey: account.publicKey,
        lamports: RENT,
        space: program === 'spl-token' ? AccountLayout.span : TOKEN_ACCOUNT_BYTES,
        programId,
      }),
      createInitializeAccount3Instruction(account.publicKey, new PublicKey(mint), owner, programId),
      createTransferInstruction(
        new PublicKey(associatedAccount(wallet.address, mint, program)),
        account.publicKey,
        owner,
        rawAmount,
        [],
        programId,
      ),
    ],
    [account],
  );
  return account.publicKey.toBase58();
}

/** Makes another wallet the mint authority. */
export async function handOverMint(
  rpcUrl: string,
  authority: LocalWallet,
  mint: string,
  to: string,
  program: Program = 'spl-token',
): Promise<void> {
  const [key, owner] = [new PublicKey(mint), authority.keypair.publicKey];
  const next = new PublicKey(to);
  await sendInstructions(rpcUrl, authority, [
    createSetAuthorityInstruction(key, owner, AuthorityType.MintTokens, next, [], programIds[program]),
  ]);
}

export function associatedAccount(owner: string, mint: string, program: Program): string {
  const programId = programIds[program];
  return getAssociatedTokenAddressSync(new PublicKey(mint), new PublicKey(owner), true, programId).toBase58();
}
