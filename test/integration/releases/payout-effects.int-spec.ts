import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { insertRows, sealedRows } from '../../support/builders/escrow-rows.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';
import { startHttpApp } from '../../support/worlds/http-app.js';

let database: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ app } = await startHttpApp(database.url));
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const sql = <R extends object>(text: string, values: unknown[] = []) =>
  execute<R>(database.url, text, values);

interface Signed {
  readonly commitmentId: string;
  readonly payoutId: string;
}

/** A payout of a commitment that is resolved as a failure, with a transaction that may land at any moment. */
async function signedPayout(purpose: string, subjectId: string | null = null): Promise<Signed> {
  const [row] = sealedRows('s'.repeat(32), 1);
  if (row === undefined) throw new Error('no row');
  const { commitmentId, address } = row;
  await insertRows(database.url, [row]);
  await sql(`UPDATE commitments SET status = 'resolving', resolution = 'failure' WHERE id = $1`, [
    commitmentId,
  ]);
  const payoutId = v7();
  await sql(
    `INSERT INTO payouts (id, commitment_id, purpose, business_key, subject_id, source, destination, amount_lamports, drain,
       status, next_run_at, requested_by, created_at)
     VALUES ($1::uuid, $2, $3, $1::uuid::text, $4, $5, $6, 7, false, 'in_flight', now(), 'test', now())`,
    [payoutId, commitmentId, purpose, subjectId, address, TestWallet.generate().address],
  );
  await sql(
    `INSERT INTO payout_attempts (id, payout_id, number, source, status, amount_lamports, fee_lamports, fee_payer, message,
       blockhash, last_valid_block_height, lease_heights, blockhash_slot, signature, raw_transaction, created_at, signed_at)
     VALUES ($1::uuid, $2, 1, $3, 'signed', 7, 5000, $3, '', 'x', 1, '[]', 1, $1::uuid::text, '', now(), now())`,
    [v7(), payoutId, address],
  );
  return { commitmentId, payoutId };
}

/** The chain has it. */
async function land(payoutId: string): Promise<boolean> {
  const { manager } = app.get(Transactions);
  const payout = await app.get(PayoutRepository).findById(manager, payoutId);
  const [attempt] = await app.get(PayoutAttemptRepository).findByPayouts(manager, [payoutId]);
  if (payout === null || attempt === undefined) throw new Error('nothing to land');
  return app.get(PayoutBookings).confirmed(payout, attempt, { state: 'confirmed', slot: 9n });
}

async function bookedAs({ payoutId, commitmentId }: Signed) {
  const [states] = await sql<{ payout: string; commitment: string }>(
    `SELECT p.status AS payout, c.status AS commitment FROM payouts p JOIN commitments c ON c.id = $2 WHERE p.id = $1`,
    [payoutId, commitmentId],
  );
  const alarms = await sql<{ missed: string }>(
    `SELECT fields ->> 'missed' AS missed FROM audit_logs WHERE event = 'payout_effect_missed_error' AND payout_id = $1`,
    [payoutId],
  );
  return { ...states, alarms: alarms.map(({ missed }) => missed) };
}

describe('a payout that has landed', () => {
  it('moves its commitment with it, and raises no alarm', async () => {
    const signed = await signedPayout('personal_failure');
    expect(await land(signed.payoutId)).toBe(true);
    expect(await bookedAs(signed)).toEqual({ payout: 'confirmed', commitment: 'failed', alarms: [] });
  });

  it('is booked as paid and raises an alarm where its commitment was moved by hand', async () => {
    const signed = await signedPayout('personal_failure');
    await sql(`UPDATE commitments SET status = 'succeeded', resolved_at = now() WHERE id = $1`, [
      signed.commitmentId,
    ]);
    expect(await land(signed.payoutId)).toBe(true);
    const missed = `commitment ${signed.commitmentId} is succeeded; it should have become failed`;
    expect(await bookedAs(signed)).toEqual({
      payout: 'confirmed',
      commitment: 'succeeded',
      alarms: [missed],
    });
  });

  it('is booked as paid and raises an alarm where its milestone is not there to be released', async () => {
    const milestoneId = v7();
    const signed = await signedPayout('milestone_release', milestoneId);
    expect(await land(signed.payoutId)).toBe(true);
    const missed = `milestone ${milestoneId} is not there; it should have become released`;
    expect(await bookedAs(signed)).toMatchObject({ payout: 'confirmed', alarms: [missed] });
  });
});

describe('a payout that waits for its next look', () => {
  it.each([
    ['in ten seconds', '10 seconds', false],
    ['in two minutes, further than anything is put off', '2 minutes', false],
    ['since a second', '-1 second', true],
    ['in an hour, as a clock that was ahead has written it', '1 hour', true],
  ])('%s', async (_, later, isDue) => {
    const { payoutId } = await signedPayout('personal_failure');
    await sql(`UPDATE payouts SET next_run_at = now() + $2::interval WHERE id = $1`, [payoutId, later]);
    const now = new Date();
    const taken = await app
      .get(PayoutRepository)
      .takeDue(app.get(Transactions).manager, now, new Date(now.getTime() + 5_000), 100);
    expect(taken.includes(payoutId)).toBe(isDue);
  });
});
