import {
  ASSOCIATED_TOKEN_PROGRAM_ID,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { type AccountMeta, PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import {
  bondingCurveAddress,
  canonicalPoolAddress,
  PUMP_AMM_PROGRAM,
  PUMP_PROGRAM,
} from '#src/chain/tokens/pump-accounts.js';
import { read, signing, written } from './account-metas.js';
import {
  eventAuthority,
  GLOBAL,
  GLOBAL_CONFIG,
  creatorVaultAddress,
  poolVaultAuthority,
} from './pump-addresses.js';

/** First 8 bytes of SHA-256 of `global:` and the name of the instruction. */
const COLLECT_CREATOR_FEE = '1416567bc61cdb84';
const COLLECT_COIN_CREATOR_FEE = 'a039592ab58b2b42';
const SWEEP_CREATOR_FEE = '20f6bf3408c949ba';

/** Account in which a wallet, or an authority that is none, holds wrapped SOL. */
export function wrappedSolAccount(owner: PublicKey): PublicKey {
  return getAssociatedTokenAddressSync(NATIVE_MINT, owner, true);
}

/** Pays what the vault of curves holds above its rent to the creator. Anybody may ask for it. */
export function collectCreatorFee(creator: PublicKey): TransactionInstruction {
  return instruction(PUMP_PROGRAM, COLLECT_CREATOR_FEE, [
    written(creator),
    written(creatorVaultAddress(creator)),
    read(SystemProgram.programId),
    read(eventAuthority(PUMP_PROGRAM)),
    read(PUMP_PROGRAM),
  ]);
}

/** Pays the wrapped SOL of the vault of pools into the creator's own account for it; both have to exist. */
export function collectCoinCreatorFee(creator: PublicKey): TransactionInstruction {
  const authority = poolVaultAuthority(creator);
  return instruction(PUMP_AMM_PROGRAM, COLLECT_COIN_CREATOR_FEE, [
    read(NATIVE_MINT),
    read(TOKEN_PROGRAM_ID),
    read(creator),
    read(authority),
    written(wrappedSolAccount(authority)),
    written(wrappedSolAccount(creator)),
    read(eventAuthority(PUMP_AMM_PROGRAM)),
    read(PUMP_AMM_PROGRAM),
  ]);
}

/** Moves what waits on a coin's curve into its creator's vault. Does nothing where nothing waits. */
export function sweepCurve(payer: PublicKey, mint: PublicKey, creator: PublicKey): TransactionInstruction {
  const curve = bondingCurveAddress(mint);
  const vault = creatorVaultAddress(creator);
  return instruction(PUMP_PROGRAM, SWEEP_CREATOR_FEE, [
    signing(payer),
    read(GLOBAL),
    read(mint),
    read(NATIVE_MINT),
    read(TOKEN_PROGRAM_ID),
    read(ASSOCIATED_TOKEN_PROGRAM_ID),
    read(SystemProgram.programId),
    written(curve),
    written(wrappedSolAccount(curve)),
    written(vault),
    written(wrappedSolAccount(vault)),
    read(eventAuthority(PUMP_PROGRAM)),
    read(PUMP_PROGRAM),
  ]);
}

/** The same for a coin's pool. @param quoteAccount as the pool names it: it is not derived */
export function sweepPool(
  payer: PublicKey,
  mint: PublicKey,
  creator: PublicKey,
  quoteAccount: PublicKey,
): TransactionInstruction {
  const authority = poolVaultAuthority(creator);
  return instruction(PUMP_AMM_PROGRAM, SWEEP_CREATOR_FEE, [
    signing(payer),
    read(GLOBAL_CONFIG),
    written(canonicalPoolAddress(mint)),
    read(NATIVE_MINT),
    read(TOKEN_PROGRAM_ID),
    written(quoteAccount),
    read(authority),
    written(wrappedSolAccount(authority)),
    read(SystemProgram.programId),
    read(ASSOCIATED_TOKEN_PROGRAM_ID),
    read(eventAuthority(PUMP_AMM_PROGRAM)),
    read(PUMP_AMM_PROGRAM),
  ]);
}

function instruction(
  programId: PublicKey,
  discriminator: string,
  keys: AccountMeta[],
): TransactionInstruction {
  return new TransactionInstruction({ programId, keys, data: Buffer.from(discriminator, 'hex') });
}
