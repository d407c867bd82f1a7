/** Pure rules of what a transaction means for the escrow that it names. */

/** As it was opened: what its bytes and its record on chain say. Amounts in lamports. */
export interface OpenedTransaction {
  readonly signature: string;
  readonly slot: bigint;
  readonly failed: boolean;
  /** Whether the escrow has signed it. */
  readonly isSigner: boolean;
  readonly balanceBefore: bigint;
  readonly balanceAfter: bigint;
  /** What the escrow paid for it; 0 where another wallet did. */
  readonly feeLamports: bigint;
  readonly collectsFees: boolean;
  /** It turned the escrow's own wrapped SOL into its SOL, and did nothing else: signed by the escrow, and no outflow. */
  readonly unwraps: boolean;
  /** Where it is built as a payout of this service: which one, to whom, how much. */
  readonly payment: {
    readonly payoutId: string;
    readonly destination: string;
    readonly lamports: bigint;
  } | null;
}

/**
 * - `payout`: the ledger knows it.
 * - `failed`: it changed nothing but the fee of whoever paid it.
 * - `unknown_outflow`: signed with the escrow's key, and not known to the ledger.
 */
export type TransactionKind =
  'deposit' | 'fee_collection' | 'unwrap' | 'payout' | 'failed' | 'unknown_outflow';

/** @param isKnown whether an attempt that this server has signed has its signature */
export function kindOf(transaction: OpenedTransaction, isKnown: boolean): TransactionKind {
  if (transaction.failed) return 'failed';
  if (isKnown) return 'payout';
  if (transaction.unwraps) return 'unwrap';
  if (transaction.isSigner) return 'unknown_outflow';
  return transaction.collectsFees ? 'fee_collection' : 'deposit';
}

/** What of a payout says whether a transaction pays it. */
export interface Owed {
  readonly id: string;
  readonly destination: string;
  readonly amountLamports: bigint;
  readonly drain: boolean;
}

/**
 * Whether this transaction has paid the payout. A memo alone says nothing, anybody can write one: the escrow has signed, the
 * transaction succeeded, and what left the escrow went to the destination in the amount. Dust that could not stay behind may have
 * gone along.
 */
export function isPaymentOf(
  { id, destination, amountLamports, drain }: Owed,
  paid: OpenedTransaction,
): boolean {
  const { payment, isSigner, failed, balanceBefore, balanceAfter, feeLamports } = paid;
  if (payment === null || failed || !isSigner) return false;
  if (payment.payoutId !== id || payment.destination !== destination) return false;
  if (balanceBefore - balanceAfter !== payment.lamports + feeLamports) return false;
  const tookDust = balanceAfter === 0n && payment.lamports > amountLamports;
  return drain || payment.lamports === amountLamports || tookDust;
}

const DERIVED_ID = /(?:^|[\] ])[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?:;|$)/;

/** Whether the memos, as a node joins them, name a payout: then the transaction is opened at once. */
export function namesPayout(memos: string | null): boolean {
  return memos !== null && DERIVED_ID.test(memos);
}
