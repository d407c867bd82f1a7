import { NATIVE_MINT, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { wrappedSolAccount } from '#src/chain/pump/collect-instructions.js';
import {
  creatorVaultAddress,
  poolVaultAuthority,
  PUMP_FEES_PROGRAM,
  sharingConfigAddress,
} from '#src/chain/pump/pump-addresses.js';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  PUMP_AMM_PROGRAM,
  PUMP_PROGRAM,
} from '#src/chain/tokens/pump-accounts.js';
import { setAccount } from './tokens.js';

/** Accounts of pump.fun, written into a local chain as its programs keep them: the programs themselves are not to be had. */

interface CurveOptions {
  /** Of its account; 166 is the layout of today. */
  readonly length?: number;
  readonly complete?: boolean;
  readonly cashback?: boolean;
  readonly holderReward?: boolean;
  readonly quoteMint?: string;
  /** Lamports of creator fees that nobody has swept yet. */
  readonly waiting?: bigint;
}

interface PoolOptions {
  /** Of its account; 287 is the layout of today. */
  readonly length?: number;
  readonly waiting?: bigint;
}

interface Sharing {
  /** Addresses with their basis points. */
  readonly shares: Readonly<Record<string, number>>;
  readonly admin: string;
  readonly locked?: boolean;
  readonly active?: boolean;
  readonly version?: number;
}

/** The bonding curve of a coin. */
export async function setPumpCurve(
  rpcUrl: string,
  mint: string,
  creator: string,
  {
    length = 166,
    complete = false,
    cashback = false,
    holderReward = false,
    quoteMint,
    waiting = 0n,
  }: CurveOptions = {},
): Promise<void> {
  const data = Buffer.alloc(Math.max(length, 166));
  data.write('17b7f83760d8ac60', 'hex');
  data.writeUInt8(Number(complete), 48);
  keyOf(creator).copy(data, 49);
  data.writeUInt8(Number(cashback), 82);
  if (quoteMint !== undefined) keyOf(quoteMint).copy(data, 83);
  data.writeUInt8(Number(holderReward), 124);
  data.writeBigUInt64LE(waiting, 125);
  const address = bondingCurveAddress(new PublicKey(mint)).toBase58();
  await setAccount(rpcUrl, address, { owner: PUMP_PROGRAM.toBase58(), data: data.subarray(0, length) });
}

/** The pool of a coin that has graduated. */
export async function setPumpPool(
  rpcUrl: string,
  mint: string,
  creator: string,
  { length = 287, waiting = 0n }: PoolOptions = {},
): Promise<void> {
  const data = Buffer.alloc(Math.max(length, 287));
  data.write('f19a6d0411b16dbc', 'hex');
  keyOf(poolQuoteAccountOf(mint)).copy(data, 171);
  keyOf(creator).copy(data, 211);
  data.writeBigUInt64LE(waiting, 279);
  const address = canonicalPoolAddress(new PublicKey(mint)).toBase58();
  await setAccount(rpcUrl, address, { owner: PUMP_AMM_PROGRAM.toBase58(), data: data.subarray(0, length) });
}

/** How the creator fees of a coin are shared. @returns the address that its curve or pool has to name as creator */
export async function setPumpSharing(
  rpcUrl: string,
  mint: string,
  { shares, admin, locked = false, active = true, version = 2 }: Sharing,
): Promise<string> {
  const data = Buffer.alloc(1_024);
  data.write('d84a0900388c5d4b', 'hex');
  data.set([255, version, Number(active)], 8);
  keyOf(mint).copy(data, 11);
  keyOf(admin).copy(data, 43);
  data.writeUInt8(Number(locked), 75);
  const entries = Object.entries(shares);
  data.writeUInt32LE(entries.length, 76);
  entries.forEach(([address, bps], index) => {
    keyOf(address).copy(data, 80 + index * 34);
    data.writeUInt16LE(bps, 112 + index * 34);
  });
  const address = sharingConfigAddress(new PublicKey(mint)).toBase58();
  await setAccount(rpcUrl, address, { owner: PUMP_FEES_PROGRAM.toBase58(), data });
  return address;
}

/** Where the pool of `setPumpPool` says that its wrapped SOL is. */
export function poolQuoteAccountOf(mint: string): string {
  return wrappedSolAccount(canonicalPoolAddress(new PublicKey(mint))).toBase58();
}

/**
 * The vault in which the fees of a creator gather from its curves.
 * @param lamports rent included
 * @param owner the stand-in for the program pays only out of what is its own
 */
export async function setCurveVault(
  rpcUrl: string,
  creator: string,
  lamports: bigint,
  owner = SystemProgram.programId.toBase58(),
): Promise<void> {
  const address = creatorVaultAddress(new PublicKey(creator)).toBase58();
  await setAccount(rpcUrl, address, { owner, data: new Uint8Array(), lamports: Number(lamports) });
}

/** The same of its pools, in wrapped SOL. */
export async function setPoolVault(rpcUrl: string, creator: string, lamports: bigint): Promise<void> {
  await setWrapped(rpcUrl, poolVaultAuthority(new PublicKey(creator)), lamports);
}

/** Wrapped SOL in a wallet's own account, as a collection from pools leaves it there. */
export async function setOwnWrapped(rpcUrl: string, wallet: string, lamports: bigint): Promise<void> {
  await setWrapped(rpcUrl, new PublicKey(wallet), lamports);
}

/** What a token account needs to exist on the local chain. */
export const TOKEN_ACCOUNT_RENT = 2_039_280n;

async function setWrapped(rpcUrl: string, holder: PublicKey, lamports: bigint): Promise<void> {
  const data = Buffer.alloc(165);
  NATIVE_MINT.toBuffer().copy(data, 0);
  holder.toBuffer().copy(data, 32);
  data.writeBigUInt64LE(lamports, 64);
  data.writeUInt8(1, 108);
  data.writeUInt32LE(1, 109);
  data.writeBigUInt64LE(TOKEN_ACCOUNT_RENT, 113);
  const owner = TOKEN_PROGRAM_ID.toBase58();
  const held = Number(lamports + TOKEN_ACCOUNT_RENT);
  await setAccount(rpcUrl, wrappedSolAccount(holder).toBase58(), { owner, data, lamports: held });
}

function keyOf(address: string): Buffer {
  return new PublicKey(address).toBuffer();
}
