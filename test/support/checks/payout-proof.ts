import { Connection, PublicKey } from '@solana/web3.js';
import { expect } from 'vitest';
import { type Movement, movementsOf } from '#src/local/demo/proof.js';
import type { PayoutDetails, PayoutWorld, TestCommitment } from '../worlds/payout-world.js';
import { pollUntil } from '../poll.js';
import { rpc } from '../proxies/rpc-faults.js';
import { balanceOf, SOL } from '../builders/wallets.js';

/** More than the engine's own margin. */
const MARGIN = 40;

/** What the chain alone tells about an escrow. */
export interface EscrowHistory {
  readonly incoming: readonly Movement[];
  readonly outgoing: readonly Movement[];
  /** Transactions that landed with an error, and what they cost. */
  readonly failed: readonly { readonly signature: string; readonly feeLamports: bigint }[];
}

/** Read from the chain, not through any proxy. */
export async function historyOf(rpcUrl: string, escrow: string): Promise<EscrowHistory> {
  const movements = await movementsOf(rpcUrl, escrow);
  return {
    incoming: movements.filter(({ to }) => to === escrow),
    outgoing: movements.filter(({ from }) => from === escrow),
    failed: await failuresOf(rpcUrl, escrow),
  };
}

async function failuresOf(rpcUrl: string, escrow: string): Promise<EscrowHistory['failed'][number][]> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const found = await connection.getSignaturesForAddress(new PublicKey(escrow), {}, 'confirmed');
  const failed = found.filter(({ err }) => err !== null);
  return Promise.all(
    failed.map(async ({ signature }) => {
      const shown = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
      const feeLamports =
        BigInt(shown?.meta?.preBalances[0] ?? 0) - BigInt(shown?.meta?.postBalances[0] ?? 0);
      return { signature, feeLamports };
    }),
  );
}

export interface PaidOnce {
  /** Statuses of all attempts, oldest first; the last one has paid. `any`: how many it took is left to chance. */
  readonly attempts?: readonly string[] | 'any';
  /** Lamports that the test put into the escrow without a transaction. */
  readonly strayLamports?: bigint;
}

/**
 * Waits until the payout is closed, then proves from the chain that the authority, or after a failure the promised
 * recipient, got the whole escrow exactly once, and from the ledger that it is booked exactly once.
 */
export async function expectPaidOnce(
  world: PayoutWorld,
  commitment: TestCommitment,
  { attempts = ['finalized'], strayLamports = 0n }: PaidOnce = {},
): Promise<PayoutDetails> {
  await world.untilLedger(commitment, /^finalized/);
  const payout = await world.payout(commitment);
  if (payout === undefined) throw new Error(`commitment ${commitment.id} has no payout`);
  const statuses = payout.attempts.map(({ status }) => status);
  expect(statuses).toEqual(attempts === 'any' ? [...statuses.slice(0, -1), 'finalized'] : attempts);
  await expectMoney(world, commitment, payout, strayLamports);
  const { resolution } = commitment;
  expect((await world.commitment(commitment)).status).toBe(resolution === 'success' ? 'succeeded' : 'failed');
  const decided = await world.actorsOf(`admin_commitment_${resolution}_ok`, commitment);
  expect(decided).toEqual([world.admin.address]);
  expect(await world.actorsOf('payout_confirmed', commitment)).toHaveLength(1);
  expect(await world.actorsOf('payout_finalized', commitment)).toHaveLength(1);
  return payout;
}

async function expectMoney(
  world: PayoutWorld,
  { escrow, authority, destinationOnFail, resolution }: TestCommitment,
  payout: PayoutDetails,
  strayLamports: bigint,
): Promise<void> {
  const { rpcUrl } = world.chain;
  const { incoming, outgoing, failed } = await historyOf(rpcUrl, escrow);
  expect(outgoing).toHaveLength(1);
  expect(outgoing[0]).toMatchObject({
    signature: payout.signature,
    to: resolution === 'success' ? authority.address : destinationOnFail,
    memo: payout.id,
    lamports: BigInt(payout.amountLamports),
  });
  expect(await balanceOf(rpcUrl, escrow)).toBe(0n);
  const [funding, refund] = [incoming[0], outgoing[0]];
  if (funding === undefined || refund === undefined) throw new Error('unreachable');
  const lost = failed.reduce((sum, { feeLamports }) => sum + feeLamports, refund.feeLamports);
  expect(refund.lamports + lost).toBe(funding.lamports + strayLamports);
  // It began with SOL more than it locked.
  const kept = SOL - funding.feeLamports;
  const [refunded, forfeited] = resolution === 'success' ? [refund.lamports, 0n] : [0n, refund.lamports];
  expect(await balanceOf(rpcUrl, authority.address)).toBe(kept + refunded);
  expect(await balanceOf(rpcUrl, destinationOnFail)).toBe(forfeited);
}

/** Nothing has left the escrow: read from the chain, not through any proxy. */
export async function expectNothingPaid(world: PayoutWorld, { escrow }: TestCommitment): Promise<void> {
  expect((await historyOf(world.chain.rpcUrl, escrow)).outgoing).toEqual([]);
}

/** Waits until the newest attempt cannot land any more, by the chain itself and with every margin. */
export async function untilExpired(world: PayoutWorld, { id }: TestCommitment): Promise<void> {
  const [newest] = await world.query<{ height: string }>(
    `SELECT max(last_valid_block_height)::text AS height
       FROM public.payout_attempts a JOIN public.payouts p ON p.id = a.payout_id WHERE p.commitment_id = $1`,
    [id],
  );
  const bound = Number(newest?.height) + MARGIN;
  await pollUntil(`the finalized height to pass ${bound}`, async () => {
    const { result } = await rpc(world.chain.rpcUrl, 'getBlockHeight', [{ commitment: 'finalized' }]);
    return Number(result) > bound || undefined;
  });
}

/** Waits until the escrow's first payment is on the chain, whatever the API knows of it. */
export async function untilOnChain(world: PayoutWorld, { escrow }: TestCommitment): Promise<Movement> {
  return pollUntil(`a payment out of ${escrow}`, async () => {
    return (await historyOf(world.chain.rpcUrl, escrow)).outgoing[0];
  });
}

/** Waits until the payout says that it waits for this. @returns all that it says */
export async function untilWaiting(
  world: PayoutWorld,
  commitment: TestCommitment,
  wanted: RegExp,
): Promise<string> {
  return pollUntil(`the payout to wait for ${String(wanted)}`, async () => {
    const [row] = await world.query<{ reason: string | null }>(
      'SELECT waiting_for AS reason FROM public.payouts WHERE commitment_id = $1',
      [commitment.id],
    );
    return row?.reason && wanted.test(row.reason) ? row.reason : undefined;
  });
}
