import {
  createAssociatedTokenAccountIdempotentInstruction,
  createCloseAccountInstruction,
  NATIVE_MINT,
} from '@solana/spl-token';
import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import {
  collectCoinCreatorFee,
  collectCreatorFee,
  sweepCurve,
  sweepPool,
  wrappedSolAccount,
} from './collect-instructions.js';
import { poolVaultAuthority } from './pump-addresses.js';

/** Which creator fees are to be collected. Addresses are base58. */
export interface CollectedFees {
  /** Collect from the vault of curves. */
  readonly fromCurves: boolean;
  /** Collect from the vault of pools, as wrapped SOL. */
  readonly fromPools: boolean;
  /** A coin of the creator on whose curve fees wait. */
  readonly sweptCurve: string | null;
  /** A coin of the creator in whose pool fees wait, and where. */
  readonly sweptPool: { readonly mint: string; readonly quoteAccount: string } | null;
}

/** @param payer signs, and pays for accounts that have to be opened. pump.fun's programs get its signature along */
export function feeInstructions(
  payer: PublicKey,
  creator: PublicKey,
  fees: CollectedFees,
): TransactionInstruction[] {
  return [...curveHalf(payer, creator, fees), ...poolHalf(payer, creator, fees)];
}

/** Turns the wallet's wrapped SOL into SOL; signed by the wallet. */
export function unwrapOwn(wallet: PublicKey): TransactionInstruction {
  return createCloseAccountInstruction(wrappedSolAccount(wallet), wallet, wallet);
}

/** Whether wrapped SOL reaches the creator. */
export function paysWrapped({ fromPools, sweptPool }: CollectedFees): boolean {
  return fromPools || sweptPool !== null;
}

function curveHalf(payer: PublicKey, creator: PublicKey, { sweptCurve, fromCurves }: CollectedFees) {
  return [
    ...(sweptCurve === null ? [] : [sweepCurve(payer, new PublicKey(sweptCurve), creator)]),
    ...(fromCurves || sweptCurve !== null ? [collectCreatorFee(creator)] : []),
  ];
}

function poolHalf(payer: PublicKey, creator: PublicKey, fees: CollectedFees): TransactionInstruction[] {
  if (!paysWrapped(fees)) return [];
  const { sweptPool } = fees;
  const open = (owner: PublicKey) =>
    createAssociatedTokenAccountIdempotentInstruction(payer, wrappedSolAccount(owner), owner, NATIVE_MINT);
  const swept =
    sweptPool === null
      ? []
      : [sweepPool(payer, new PublicKey(sweptPool.mint), creator, new PublicKey(sweptPool.quoteAccount))];
  return [...swept, open(poolVaultAuthority(creator)), open(creator), collectCoinCreatorFee(creator)];
}
