import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { Signal } from '#src/approvals/signals/signal.entity.js';
import { Transactions } from '#src/common/database/transactions.js';
import { signalFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import type { AppWorld } from '../worlds/app-world.js';
import { TestWallet } from './wallets.js';

/** Rows as the service would have written them, for tests that need many or unusual ones. */

export interface MilestoneRow {
  readonly commitmentId: string;
  readonly id: string;
}

const TERMS = {
  kind: 'creator_reward',
  minHoldingUsd: '20',
  minLiquidityUsd: '1000',
  tokenProgram: 'spl-token',
  tokenDecimals: 0,
  tokenSupply: '1000000',
  approvalSupplyBps: 0,
};

/** An active reward commitment with one milestone that its creator has attested; the claim delay is over. */
export async function completedMilestone(
  world: AppWorld,
  { tokenMint, thresholdUsd, completedAt }: { tokenMint: string; thresholdUsd: string; completedAt: Date },
): Promise<MilestoneRow> {
  const [commitmentId, id] = [v7(), v7()];
  const [creator, destination] = [TestWallet.generate().address, TestWallet.generate().address];
  await world.sql(
    `INSERT INTO commitments (id, kind, wallet, destination_on_fail, terms, terms_hash, message_hash, signature,
       created_at, token_mint, creator_fee_mode, excluded_wallets)
     VALUES ($1, 'creator_reward', $2, $3, $4, repeat('a', 64), $5, 'x', now(), $6, 'assisted', ARRAY[$2::text])`,
    [commitmentId, creator, destination, TERMS, randomBytes(32).toString('hex'), tokenMint],
  );
  await world.sql(
    `INSERT INTO reward_milestones (id, commitment_id, position, title, unlock_lamports, status, completed_at,
       claim_ready_at, vote_ends_at, next_check_at, threshold_usd)
     VALUES ($1, $2, 1, 'Ship', 1000000000, 'completed', $3, $3, $3, $3, $4)`,
    [id, commitmentId, completedAt, thresholdUsd],
  );
  return { commitmentId, id };
}

/** A reward commitment whose failure has taken effect, without what that would freeze. */
export async function resolveAsFailure(
  sql: (text: string, values: unknown[]) => Promise<unknown>,
  commitmentId: string,
): Promise<void> {
  await sql(
    `UPDATE commitments SET status = 'failing', failure_filed_at = now(), failure_effective_at = now() WHERE id = $1`,
    [commitmentId],
  );
  await sql(`UPDATE commitments SET status = 'resolving', resolution = 'failure' WHERE id = $1`, [
    commitmentId,
  ]);
}

/** An approval of a wallet that held this much in these accounts; its weight is added to the milestone's. */
export async function approvalRow(
  world: AppWorld,
  { commitmentId, id }: MilestoneRow,
  given: { wallet: string; rawAmount: bigint; weightUsd: string; tokenAccounts: string[] },
): Promise<void> {
  const { wallet, rawAmount, weightUsd, tokenAccounts } = given;
  const signalId = v7();
  await world.sql(
    `INSERT INTO reward_signals (id, milestone_id, commitment_id, wallet, signalled_at, in_vote_window, raw_amount,
       decimals, price_usd, weight_usd, token_accounts, signature)
     VALUES ($1, $2, $3, $4, now(), true, $5, 0, $6::numeric / $5, $6, $7, 'x')`,
    [signalId, id, commitmentId, wallet, rawAmount.toString(), weightUsd, tokenAccounts],
  );
  const { manager } = world.app.get(Transactions);
  const signal = await manager.findOneByOrFail(Signal, { id: signalId });
  await world.app.get(Marks).make(manager, signalFact(signal));
  await world.sql(
    'UPDATE reward_milestones SET signalled_usd = signalled_usd + $2, voters = voters + 1 WHERE id = $1',
    [id, weightUsd],
  );
}

/** Milestones of every state, ten a commitment, none of which unlocking has to look at. */
export async function milestonesNotDue(world: AppWorld, count: number, now: Date): Promise<void> {
  const [creator, destination] = [TestWallet.generate().address, TestWallet.generate().address];
  await world.sql(
    `WITH made AS (
       INSERT INTO commitments (id, kind, wallet, destination_on_fail, terms, terms_hash, message_hash, signature,
         created_at, token_mint, creator_fee_mode)
       SELECT gen_random_uuid(), 'creator_reward', $1, $2, $3, repeat('a', 64),
         encode(sha256(random()::text::bytea), 'hex'), 'x', now(), $1, 'assisted'
       FROM generate_series(1, $4::int / 10) RETURNING id)
     INSERT INTO reward_milestones (id, commitment_id, position, title, unlock_lamports, threshold_usd, status,
       completed_at, claim_ready_at, vote_ends_at, next_check_at, signalled_usd, voters, reweighed_usd, claimable_at,
       released_at, release_signature)
     SELECT gen_random_uuid(), made.id, p, 'Ship', 1000000000, 400, s.status,
       t.past, CASE WHEN p = 3 THEN $6 ELSE t.past END, t.past,
       CASE WHEN p IN (3, 4) THEN $6::timestamptz ELSE t.past END,
       CASE WHEN p IN (1, 2) THEN 399.99 ELSE 400 END, 3, CASE WHEN p > 3 THEN CASE WHEN p = 4 THEN 1 ELSE 400 END END,
       CASE WHEN p IN (5, 6, 7) THEN t.past END,
       CASE WHEN p = 7 THEN t.past END, CASE WHEN p = 7 THEN 'x' END
     FROM made, generate_series(1, 10) p,
       LATERAL (SELECT CASE p WHEN 5 THEN 'claimable' WHEN 6 THEN 'releasing' WHEN 7 THEN 'released'
         WHEN 8 THEN 'forfeited' WHEN 9 THEN 'locked' WHEN 10 THEN 'locked' ELSE 'completed' END AS status) s,
       LATERAL (SELECT CASE WHEN s.status <> 'locked' THEN $5::timestamptz END AS past) t`,
    [
      creator,
      destination,
      TERMS,
      count,
      new Date(now.getTime() - 86_400_000),
      new Date(now.getTime() + 3_600_000),
    ],
  );
  await world.sql('ANALYZE');
}
