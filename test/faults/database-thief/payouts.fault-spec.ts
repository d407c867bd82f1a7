import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { decodePublicKey, encodeBase58 } from '#src/common/text/base58.js';
import { DatabaseThief } from '../../support/builders/database-thief.js';
import { statusAndCode } from '../../support/builders/personal.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import type { Reward } from '../../support/builders/rewards.js';
import { finalize } from '../../support/builders/sweeps.js';
import { balanceOf, SOL, TestWallet } from '../../support/builders/wallets.js';
import { statementsOf } from '../../support/checks/statements.js';
import { dropTransactions } from '../../support/proxies/rpc-faults.js';

const payer = TestWallet.generate();
let bench: ReleaseBench;
let thief: DatabaseThief;
beforeAll(async () => {
  bench = await ReleaseBench.start();
  thief = new DatabaseThief(bench.world);
  await bench.world.chain.cheats.fundSol(payer.address, SOL);
  await bench.restart({ PAYOUT_WAIT_SECONDS: '1', ESCROW_FEE_PAYER_SECRET_KEY: payer.toJson() });
});
afterEach(async () => {
  bench.heal();
  await thief.write(`DELETE FROM payouts WHERE requested_by = 'x'`);
});
afterAll(async () => {
  await bench?.stop();
});

const balance = (wallet: string) => balanceOf(bench.world.chain.rpcUrl, wallet);
const rich = () => claimable(bench.world, bench.market, { lamports: 5n * UNLOCK });
const nameOf = ({ id, milestoneId }: Reward) =>
  ({ commitmentId: id, purpose: 'milestone_release', subject: milestoneId, part: 0 }) as const;

async function insertPayout(id: string, made: Reward, purpose: string, more: Record<string, string> = {}) {
  const row: Record<string, string> = {
    id: `'${id}'`,
    commitment_id: `'${made.id}'`,
    purpose: `'${purpose}'`,
    business_key: `'${id}'`,
    source: `'${made.escrow}'`,
    destination: `'${thief.address}'`,
    amount_lamports: '1000000000',
    drain: 'false',
    next_run_at: 'now()',
    requested_by: `'x'`,
    created_at: 'now()',
    ...more,
  };
  await thief.write(
    `INSERT INTO payouts (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`,
  );
}

/** Paid and closed; what is left in the escrow would do for it four times more. */
async function released(): Promise<{ made: Reward; payoutId: string }> {
  const made = await rich();
  const { body } = await bench.release(made);
  await finalize(bench.world, made);
  expect(await paidOutOf(bench.world, made)).toHaveLength(1);
  return { made, payoutId: body.payout.id };
}

describe('T8: who writes rows of payouts', () => {
  it('pays nobody, with any id and purpose', async () => {
    const made = await rich();
    const before = await balance(made.escrow);
    const derived = { commitmentId: made.id, subject: null, part: 0 } as const;
    const rows = [
      [payoutIdOf({ ...derived, purpose: 'stray_forward' }), 'stray_forward'],
      [payoutIdOf({ ...derived, purpose: 'failure_treasury' }), 'failure_treasury'],
      ['0199c7a0-0000-7000-8000-0000000000ff', 'failure_destination'],
    ] as const;
    for (const [id, purpose] of rows) await insertPayout(id, made, purpose);
    await thief.driven();
    expect(await balance(made.escrow)).toBe(before);
    for (const [id] of rows) expect(await thief.alarms(id)).toBe(1);
    expect(await thief.tablesNamed()).toContain('payouts');
  });

  it('changes no destination, amount or escrow of a payout that was decided', async () => {
    const [made, other] = [await rich(), await rich()];
    // Decided, and kept from being signed until the row is changed.
    const whole = await thief.copy('reward_signals', `commitment_id = '${made.id}'`);
    await thief.write(
      `UPDATE reward_signals SET reweighed_usd = weight_usd / 2 WHERE commitment_id = '${made.id}'`,
    );
    const { status, body } = await bench.release(made);
    expect(status).toBe(202);
    expect(await thief.alarms(body.payout.id)).toBe(1);
    await whole();
    const decided = await thief.copy('payouts', `commitment_id = '${made.id}'`);
    const changes = [
      `destination = '${thief.address}'`,
      `destination = '${thief.address}', requested_by = '${thief.address}', drain = true`,
      `amount_lamports = amount_lamports * 3`,
      `drain = true`,
      `source = '${other.escrow}'`,
      `commitment_id = '${other.id}', source = '${other.escrow}', subject_id = '${other.milestoneId}'`,
    ];
    for (const change of changes) {
      await thief.write(`UPDATE payouts SET ${change} WHERE id = '${body.payout.id}'`);
      await thief.driven();
      expect(await thief.alarms(body.payout.id), change).toBeGreaterThan(1);
      await thief.write(`DELETE FROM payouts WHERE id = '${body.payout.id}'`);
      await decided();
    }
    for (const one of [made, other]) expect(await balance(one.escrow)).toBe(5n * UNLOCK);
    // As it was decided, it is paid.
    await finalize(bench.world, made);
    expect(await paidOutOf(bench.world, made)).toMatchObject([
      { to: made.creator.address, lamports: UNLOCK },
    ]);
  });

  it('gets no second payout of a milestone under another key or part', async () => {
    const { made } = await released();
    const name = nameOf(made);
    const rows = [
      ['0199c7a0-0000-7000-8000-0000000000fe', '0'],
      [payoutIdOf({ ...name, part: 1 }), '1'],
    ] as const;
    const more = { destination: `'${made.creator.address}'`, subject_id: `'${made.milestoneId}'` };
    for (const [id, part] of rows) await insertPayout(id, made, 'milestone_release', { ...more, part });
    await thief.driven();
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    for (const [id] of rows) expect(await thief.alarms(id)).toBe(1);
  });
});

describe('T8: who opens a payment again that has landed', () => {
  const REFUSED = 'escrow_signing_refused_error';
  const OPEN = `status = 'pending', confirmed_at = NULL, finalized_at = NULL`;
  const UNSIGNED = `signature = NULL, raw_transaction = NULL, signed_at = NULL`;

  it.each([
    ['failed', `UPDATE payout_attempts SET status = 'failed', error = 'x' WHERE`, REFUSED],
    [
      'dead',
      `UPDATE payout_attempts SET status = 'dead', confirmed_at = NULL, landed_slot = NULL WHERE`,
      'payout_dead_landed_error',
    ],
    [
      'never signed',
      `DELETE FROM marks WHERE kind = 'signature' AND id IN (SELECT id::text FROM payout_attempts);
       UPDATE payout_attempts SET status = 'abandoned', landed_slot = NULL, ${UNSIGNED} WHERE`,
      REFUSED,
    ],
    ['never planned', `DELETE FROM payout_attempts WHERE`, REFUSED],
  ])('gets it paid no second time, though its transaction looks %s', async (_, change, alarm) => {
    const { made, payoutId } = await released();
    const whole = await thief.dump();
    await thief.write(
      `${change} payout_id = '${payoutId}'; UPDATE payouts SET ${OPEN} WHERE id = '${payoutId}'`,
    );
    await thief.driven();
    await thief.driven();
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    const named = await bench.world.sql(`SELECT 1 FROM audit_logs WHERE event = $1 AND payout_id = $2`, [
      alarm,
      payoutId,
    ]);
    expect(named).toHaveLength(1);
    await whole();
  });

  it('gets it paid no second time by an older dump, nor by a decision that is made again', async () => {
    const made = await rich();
    const before = await thief.dump();
    await bench.release(made);
    await finalize(bench.world, made);
    const after = await thief.dump();
    await before();
    // Everything says that the milestone waits to be released, so an admin does it again.
    expect(await statusAndCode(bench.release(made))).toEqual([409, 'signing_refused']);
    await thief.driven();
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    expect(await thief.tablesNamed()).toContain('payouts');
    await after();
  });
});

describe('T8: who writes rows of transactions', () => {
  it('gets no message signed that pays out of the fee payer, or that nobody has planned', async () => {
    const made = await rich();
    bench.rpc.plan = dropTransactions;
    const { body } = await bench.release(made);
    await thief.driven();
    const payoutId = body.payout.id;
    const before = [await balance(payer.address), await balance(made.escrow)];
    const planned = await thief.copy('payout_attempts', `payout_id = '${payoutId}'`);
    const unsigned = `status = 'prepared', signature = NULL, raw_transaction = NULL, signed_at = NULL`;
    for (const change of [
      `source = '${payer.address}'`,
      `message = decode(replace(encode(message, 'hex'), '${hexOf(made.creator.address)}', '${hexOf(thief.address)}'), 'hex')`,
      `message = decode(replace(encode(message, 'hex'), '${hexOf(made.escrow)}', '${hexOf(payer.address)}'), 'hex')`,
      `fee_payer = '${thief.address}'`,
      `fee_lamports = fee_lamports * 1000`,
    ]) {
      await thief.write(`UPDATE payout_attempts SET ${unsigned}, ${change} WHERE payout_id = '${payoutId}'`);
      const [attempt] = await bench.world.sql<{ id: string }>(
        `SELECT id FROM payout_attempts WHERE payout_id = '${payoutId}'`,
      );
      const signing = bench.world.app.get(SigningDoor).signPayout(attempt?.id ?? '');
      await expect(signing, change).rejects.toMatchObject({ code: 'signing_refused' });
      await thief.driven();
      await planned();
    }
    expect(await thief.alarms(payoutId)).toBeGreaterThan(0);
    expect([await balance(payer.address), await balance(made.escrow)]).toEqual(before);
    bench.heal();
    await finalize(bench.world, made);
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
  });

  it('makes no transaction look dead by another signature, and none look paid', async () => {
    const made = await rich();
    bench.rpc.plan = dropTransactions;
    const { body } = await bench.release(made);
    const payoutId = body.payout.id;
    const signed = await thief.copy('payout_attempts', `payout_id = '${payoutId}'`);
    const invented = encodeBase58(thief.wallet.sign('a transaction that never was'));
    const changes = [
      `signature = '${invented}'`,
      `raw_transaction = '\\x00'`,
      `last_valid_block_height = 1`,
      `blockhash_slot = 1, last_valid_block_height = 1`,
    ];
    for (const change of changes) {
      await thief.write(`UPDATE payout_attempts SET ${change} WHERE payout_id = '${payoutId}'`);
      await thief.driven();
      const [shown] = await bench.payoutsOf(made);
      expect(shown, change).toMatchObject({
        status: 'in_flight',
        waitingFor: expect.stringContaining('is not what this server has'),
        attempts: [expect.anything()],
      });
      await signed();
    }
    expect(await thief.alarms(payoutId)).toBeGreaterThan(0);
    bench.heal();
    await finalize(bench.world, made);
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
  });

  it('cannot release twice by asking again for what looks unpaid', async () => {
    const { made, payoutId } = await released();
    const kept = await thief.dump();
    await thief.write(
      `DELETE FROM payout_attempts WHERE payout_id = '${payoutId}'; DELETE FROM reward_release_locks;
       DELETE FROM payouts WHERE id = '${payoutId}'; DELETE FROM marks WHERE id = '${payoutId}';
       UPDATE commitments SET status = 'active', resolved_at = NULL WHERE id = '${made.id}';
       UPDATE reward_milestones SET status = 'claimable', released_at = NULL, release_signature = NULL
        WHERE id = '${made.milestoneId}'`,
    );
    const [status] = await statusAndCode(bench.release(made)).catch(() => [202]);
    expect(status).toBe(202);
    await thief.driven();
    expect(await paidOutOf(bench.world, made)).toHaveLength(1);
    expect(await thief.alarms(payoutId)).toBeGreaterThan(0);
    await kept();
  });
});

it('costs a payout few questions to the database, however much evidence there is', async () => {
  const { payoutId } = await released();
  const door = bench.world.app.get(SigningDoor);
  const asked = await statementsOf(bench.world, () => door.examine(payoutId));
  // The evidence by kind, once each, and the frame of the snapshot.
  expect(asked.length).toBeLessThanOrEqual(12);
});

/** An address as the bytes of a message hold it. */
function hexOf(address: string): string {
  return Buffer.from(decodePublicKey(address) ?? []).toString('hex');
}
