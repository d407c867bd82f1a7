import { randomUUID } from 'node:crypto';
import type { Landing } from '#src/chain/port/chain.js';
import {
  type SignedTransaction,
  TRANSFER_COMPUTE_UNIT_LIMIT,
  assembleTransaction,
  compileTransfer,
} from '#src/chain/signing/transfer-transaction.js';
import type { SolanaChain } from '#src/chain/solana-chain.js';
import { greatest, least } from '#src/common/money/bigints.js';
import { pollUntil } from '../poll.js';
import type { TestWallet } from './wallets.js';

export interface MadeTransfer extends SignedTransaction {
  readonly source: string;
  readonly message: Uint8Array;
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
  readonly slot: bigint;
  readonly memo: string;
}

/** A signed transfer over the newest blockhash, sent by nobody yet. The source pays its fee. */
export async function makeTransfer(
  chain: SolanaChain,
  source: TestWallet,
  destination: string,
  lamports: bigint,
): Promise<MadeTransfer> {
  const lease = await chain.latestBlockhash();
  const memo = randomUUID();
  const message = compileTransfer({
    source: source.address,
    destination,
    lamports,
    memo,
    feePayer: source.address,
    blockhash: lease.blockhash,
    computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
    computeUnitPriceMicroLamports: 1_000n,
  });
  const signed = assembleTransaction(message, new Map([[source.address, source.sign(message)]]));
  return { ...lease, ...signed, source: source.address, message, memo };
}

/** Whether all of them are dead. */
export function deathQuestion(first: MadeTransfer, ...others: readonly MadeTransfer[]) {
  const made = [first, ...others];
  return {
    signatures: made.map(({ signature }) => signature),
    blockhashes: made.map(({ blockhash }) => blockhash),
    source: first.source,
    lastValidBlockHeight: greatest(
      first.lastValidBlockHeight,
      ...others.map((one) => one.lastValidBlockHeight),
    ),
    oldestSlot: least(first.slot, ...others.map((one) => one.slot)),
    signedAt: new Date(0),
  };
}

export function untilLandingIs(
  chain: SolanaChain,
  signature: string,
  state: Landing['state'],
): Promise<Landing> {
  return pollUntil(
    `${signature} to be ${state}`,
    async () => {
      const [landing] = await chain.landings([signature], true);
      return landing?.state === state ? landing : null;
    },
    { everyMs: 20 },
  );
}

/** Waits until the finalized height is past the transaction's life and the proof's margin. */
export async function untilPast(chain: SolanaChain, made: MadeTransfer): Promise<void> {
  await pollUntil(
    'the blockhash to be long dead',
    async () => ((await chain.finalizedHeights()).lowest > made.lastValidBlockHeight + 32n ? true : null),
    { everyMs: 50 },
  );
}
