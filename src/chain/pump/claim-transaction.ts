import {
  createAssociatedTokenAccountIdempotentInstruction,
  createCloseAccountInstruction,
  NATIVE_MINT,
} from '@solana/spl-token';
import {
  ComputeBudgetProgram,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import {
  collectCoinCreatorFee,
  collectCreatorFee,
  sweepCurve,
  sweepPool,
  wrappedSolAccount,
} from './collect-instructions.js';
import { poolVaultAuthority } from './pump-addresses.js';

/** Which creator fees a wallet is to collect, in a transaction of its own. Addresses are base58. */
export interface ClaimPlan {
  readonly wallet: string;
  /** Collect from the vault of curves. */
  readonly fromCurves: boolean;
  /** Collect from the vault of pools, and unwrap what comes. */
  readonly fromPools: boolean;
  /** A coin of the wallet on whose curve fees wait. */
  readonly sweptCurve: string | null;
  /** A coin of the wallet in whose pool fees wait, and where. */
  readonly sweptPool: { readonly mint: string; readonly quoteAccount: string } | null;
  readonly blockhash: string;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** Twice what four such instructions are said to need at most; never measured against the real programs. */
export const CLAIM_COMPUTE_UNIT_LIMIT = 400_000;

/** The transaction without its one signature, the wallet's, as it goes over the wire. */
export function compileClaim(plan: ClaimPlan): Uint8Array {
  const wallet = new PublicKey(plan.wallet);
  const message = new TransactionMessage({
    payerKey: wallet,
    recentBlockhash: plan.blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: CLAIM_COMPUTE_UNIT_LIMIT }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: plan.computeUnitPriceMicroLamports }),
      ...curveHalf(wallet, plan),
      ...poolHalf(wallet, plan),
    ],
  });
  return new VersionedTransaction(message.compileToV0Message()).serialize();
}

function curveHalf(wallet: PublicKey, { sweptCurve, fromCurves }: ClaimPlan): TransactionInstruction[] {
  return [
    ...(sweptCurve === null ? [] : [sweepCurve(wallet, new PublicKey(sweptCurve), wallet)]),
    ...(fromCurves || sweptCurve !== null ? [collectCreatorFee(wallet)] : []),
  ];
}

function poolHalf(wallet: PublicKey, { sweptPool, fromPools }: ClaimPlan): TransactionInstruction[] {
  if (!fromPools && sweptPool === null) return [];
  const own = wrappedSolAccount(wallet);
  const open = (owner: PublicKey) =>
    createAssociatedTokenAccountIdempotentInstruction(wallet, wrappedSolAccount(owner), owner, NATIVE_MINT);
  const swept =
    sweptPool === null
      ? []
      : [sweepPool(wallet, new PublicKey(sweptPool.mint), wallet, new PublicKey(sweptPool.quoteAccount))];
  return [
    ...swept,
    open(poolVaultAuthority(wallet)),
    open(wallet),
    collectCoinCreatorFee(wallet),
    createCloseAccountInstruction(own, wallet, wallet),
  ];
}
