import { execute } from '../../support/sql.js';

/** Ids of rows that the service could have written, as the bench asks for them. */
export interface Filled {
  readonly personal: readonly string[];
  readonly reward: readonly string[];
  /** A milestone that takes approvals. */
  readonly approvable: { readonly commitmentId: string; readonly milestoneId: string };
}

const MILESTONES = 5;
// 43 characters of base58 that begin with a high one are always 32 bytes.
const ADDRESS = `rpad('z' || translate(md5(%), '01', 'zy'), 43, 'A')`;
const addressOf = (seed: string) => ADDRESS.replace('%', seed);
const ID = `(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - 1000000 + n), 12, '0') || '7'
  || substr(md5(%), 1, 3) || '8' || substr(md5(%), 4, 15))::uuid`;
const idOf = (seed: string) => ID.replaceAll('%', seed);

const COMMON_TERMS = {
  version: 1,
  cluster: 'localnet',
  destinationOnFail: 'D'.repeat(44),
  statement: 'A statement of the usual length, as people write them.',
};
const PERSONAL_TERMS = {
  ...COMMON_TERMS,
  kind: 'personal',
  amountLamports: 1_000_000_000,
  deadline: '2030-01-01T00:00:00.000Z',
  decisionWindowSeconds: 259_200,
};
const rewardTerms = (mint: string) => ({
  ...COMMON_TERMS,
  kind: 'creator_reward',
  tokenMint: mint,
  tokenProgram: 'spl-token',
  tokenDecimals: 0,
  tokenSupply: '1000000',
  mintable: false,
  mintAuthority: null,
  freezeAuthority: null,
  creatorFeeMode: 'assisted',
  milestones: Array.from({ length: MILESTONES }, (_, n) => ({
    title: `Step ${n}`,
    unlockLamports: 1_000_000,
  })),
  approvalThresholdUsd: '1000000000',
  approvalSupplyBps: 100,
  minHoldingUsd: '20',
  minLiquidityUsd: '1000',
  claimDelaySeconds: 172_800,
  voteWindowSeconds: 86_400,
  selfReleaseSeconds: 604_800,
  earnedAfterSeconds: 172_800,
  failureNoticeSeconds: 259_200,
  failureMinShareLamports: 100_000,
  pauseMaxSeconds: 2_592_000,
  treasuryShareBps: 0,
  treasury: null,
});

const ESCROWS = `
  INSERT INTO escrows (commitment_id, address, custody, privy_wallet_id, created_at)
  SELECT id, ${addressOf(`'escrow' || id::text`)}, 'privy', id::text, created_at FROM commitments
  ON CONFLICT DO NOTHING`;

/** Half of the commitments personal, half rewards with five milestones each. */
export async function fill(databaseUrl: string, each: number, mint: string): Promise<Filled> {
  const run = <R extends object>(sql: string, values: unknown[] = []) => execute<R>(databaseUrl, sql, values);
  await run(
    `INSERT INTO commitments (id, kind, wallet, destination_on_fail, statement, amount_lamports, deadline, terms, terms_hash,
       message_hash, signature, created_at)
     SELECT ${idOf(`'p' || n`)}, 'personal', ${addressOf(`'w' || n % 1000`)}, repeat('D', 44), $1, 1000000000,
       '2030-01-01', $2, repeat('a', 64), encode(sha256(('p' || n)::bytea), 'hex'), repeat('5', 88), now()
     FROM generate_series(1, $3::int) AS n`,
    [COMMON_TERMS.statement, PERSONAL_TERMS, each],
  );
  await run(
    `INSERT INTO commitments (id, kind, wallet, destination_on_fail, statement, terms, terms_hash, message_hash, signature,
       created_at, token_mint, creator_fee_mode)
     SELECT ${idOf(`'r' || n`)}, 'creator_reward', ${addressOf(`'w' || n % 1000`)}, repeat('D', 44), $1, $2,
       repeat('a', 64), encode(sha256(('r' || n)::bytea), 'hex'), repeat('5', 88), now(), $3, 'assisted'
     FROM generate_series(1, $4::int) AS n`,
    [COMMON_TERMS.statement, rewardTerms(mint), mint, each],
  );
  await run(ESCROWS);
  await run(
    `INSERT INTO reward_milestones (id, commitment_id, position, title, unlock_lamports, threshold_usd, status, completed_at,
       claim_ready_at, vote_ends_at, next_check_at)
     SELECT gen_random_uuid(), id, p, 'Step ' || p, 1000000, 1000000000, CASE p WHEN 1 THEN 'completed' ELSE 'locked' END,
       t.at, t.at + interval '30 days', t.at + interval '30 days', t.at + interval '30 days'
     FROM commitments, generate_series(1, ${MILESTONES}) AS p,
       LATERAL (SELECT CASE p WHEN 1 THEN now() - interval '1 hour' END AS at) AS t
     WHERE kind = 'creator_reward'`,
  );
  await run('VACUUM (ANALYZE)');
  return idsOf(run);
}

async function idsOf(run: <R extends object>(sql: string) => Promise<R[]>): Promise<Filled> {
  const sample = async (kind: string) => {
    const rows = await run<{ id: string }>(
      `SELECT id FROM commitments WHERE kind = '${kind}' ORDER BY md5(id::text) LIMIT 2000`,
    );
    return rows.map(({ id }) => id);
  };
  const [milestone] = await run<{ commitmentId: string; milestoneId: string }>(
    `SELECT commitment_id AS "commitmentId", id AS "milestoneId" FROM reward_milestones WHERE status = 'completed' LIMIT 1`,
  );
  if (milestone === undefined) throw new Error('the bench has no milestone to approve');
  return {
    personal: await sample('personal'),
    reward: await sample('creator_reward'),
    approvable: milestone,
  };
}
