import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import { FailureRounds } from '#src/releases/distributions/rounds/failure-rounds.service.js';
import { DatabaseThief } from '../../support/builders/database-thief.js';
import {
  announce,
  announcedOf,
  callOff,
  claim,
  distributionOf,
  takeEffect,
} from '../../support/builders/failures.js';
import { attested, statusAndCode, succeed } from '../../support/builders/personal.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, paidOutOf, UNLOCK } from '../../support/builders/releases.js';
import { completed, holder, normalize, type Reward, signal, TOKEN } from '../../support/builders/rewards.js';
import { pollUntil } from '../../support/poll.js';
import { balanceOf, SOL } from '../../support/builders/wallets.js';

let bench: ReleaseBench;
let thief: DatabaseThief;
beforeAll(async () => {
  bench = await ReleaseBench.start();
  thief = new DatabaseThief(bench.world);
  await bench.restart({ PAYOUT_WAIT_SECONDS: '1' });
});
afterAll(async () => {
  await bench?.stop();
});

const balance = (wallet: string) => balanceOf(bench.world.chain.rpcUrl, wallet);
const eventsOf = (event: string) => bench.world.sql('SELECT 1 FROM audit_logs WHERE event = $1', [event]);

/** Marks of one commitment put in the place of another's. */
const marksOf = (from: string, to: string) =>
  `INSERT INTO marks SELECT kind, '${to}', digest, key_id, mac FROM marks WHERE id = '${from}'
   ON CONFLICT (kind, id) DO UPDATE SET digest = EXCLUDED.digest, key_id = EXCLUDED.key_id, mac = EXCLUDED.mac`;

describe('T8: who puts his own signed rows in the place of a victim’s', () => {
  const COLUMNS = 'terms, terms_hash, message_hash, signature, wallet, destination_on_fail, amount_lamports';

  it('changes no destination, no terms and no wallet of a commitment', async () => {
    const victim = await attested(bench.world);
    const own = await attested(bench.world);
    const before = await balance(victim.escrow.address);
    await bench.world.app.get(SigningDoor).vouch(victim.id);
    const whole = await thief.dump();
    const his = `commitment_id = '${victim.id}'`;
    const ownRow = `UPDATE commitments c SET (${COLUMNS}) = (SELECT ${COLUMNS} FROM commitments o WHERE o.id = '${own.id}')
      WHERE c.id = '${victim.id}'`;
    const ownActs = `UPDATE signed_acts SET commitment_id = NULL WHERE ${his};
      UPDATE signed_acts SET ${his} WHERE commitment_id = '${own.id}'`;
    const ownWords = `UPDATE signed_acts s SET (wallet, text, envelope, signature) = (SELECT wallet, text, envelope, signature
        FROM signed_acts o WHERE o.commitment_id = '${own.id}' AND o.action = s.action) WHERE ${his}`;
    for (const change of [
      `UPDATE commitments SET terms = jsonb_set(terms, '{destinationOnFail}', '"${thief.address}"') WHERE id = '${victim.id}'`,
      `UPDATE commitments SET terms_hash = repeat('b', 64) WHERE id = '${victim.id}'`,
      `UPDATE commitments SET excluded_wallets = '{x}' WHERE id = '${victim.id}'`,
      `UPDATE escrows SET custody = 'privy', privy_wallet_id = 'thief', key_id = NULL, ciphertext = NULL WHERE ${his}`,
      ownRow.replaceAll('message_hash, ', ''),
      swapped(own.id, ownRow),
      `${swapped(own.id, ownRow)}; ${ownActs}`,
      `${swapped(own.id, ownRow)}; ${ownActs}; ${marksOf(own.id, victim.id)}`,
      ownWords,
      `${ownWords}; ${marksOf(own.id, victim.id)}`,
    ]) {
      await thief.write(change);
      expect(await statusAndCode(succeed(bench.admin, victim.id)), change).toEqual([409, 'signing_refused']);
      await whole();
    }
    expect(await balance(victim.escrow.address)).toBe(before);
    // As it was signed, it is paid.
    const { body } = await succeed(bench.admin, victim.id);
    expect(body.payout.destination).toBe(victim.authority.address);
  });

  it('gets no victim’s escrow paid for a commitment of his own', async () => {
    const victim = await attested(bench.world);
    const own = await attested(bench.world);
    const whole = await thief.dump();
    const taken = `DELETE FROM escrows WHERE commitment_id = '${own.id}';
      UPDATE escrows SET commitment_id = '${own.id}' WHERE commitment_id = '${victim.id}'`;
    for (const change of [taken, `${taken}; ${marksOf(victim.id, own.id)}`]) {
      await thief.write(change);
      expect(await statusAndCode(succeed(bench.admin, own.id)), change).toEqual([409, 'signing_refused']);
      await whole();
    }
    expect(await balance(victim.escrow.address)).toBe(BigInt(victim.body['amountLamports'] as number));
  });
});

describe('T8: who weighs approvals himself', () => {
  /** Attested; one small holder approves, far below the threshold. */
  async function wanting(): Promise<{ made: Reward; where: string }> {
    const made = await completed(bench.world, bench.market);
    await bench.fund(made, 3n * UNLOCK);
    await signal(bench.world, await holder(bench.world, bench.market, 25n * TOKEN), made);
    return { made, where: `commitment_id = '${made.id}'` };
  }

  it('unlocks nothing by a raised weight or by approvals that nobody has given', async () => {
    const { made, where } = await wanting();
    const whole = await thief.dump();
    const invented = `INSERT INTO reward_signals SELECT (jsonb_populate_record(s, jsonb_build_object(
      'id', gen_random_uuid(), 'wallet', '${thief.address}', 'weight_usd', 5000, 'raw_amount', 5000000000))).*
      FROM reward_signals s WHERE ${where}`;
    const enough = `UPDATE reward_milestones SET signalled_usd = 5000, next_check_at = now() - interval '1 day' WHERE ${where}`;
    for (const change of [
      `UPDATE reward_signals SET raw_amount = raw_amount * 200, weight_usd = weight_usd * 200 WHERE ${where}`,
      `UPDATE reward_signals SET price_usd = price_usd * 200, weight_usd = weight_usd * 200 WHERE ${where}`,
      `UPDATE reward_signals SET wallet = '${bench.market.whale.address}', weight_usd = weight_usd * 200 WHERE ${where}`,
      invented,
    ]) {
      const before = (await eventsOf('approval_forged_error')).length;
      await thief.write(`${change}; ${enough}`);
      const { due, unlocked } = await normalize(bench.world, { commitmentId: made.id });
      expect({ due, unlocked }, change).toEqual({ due: 1, unlocked: 0 });
      expect(await thief.tablesNamed()).toContain('reward_signals');
      // One alarm for each row.
      expect((await eventsOf('approval_forged_error')).length).toBeGreaterThanOrEqual(Math.max(1, before));
      await whole();
    }
    expect(await bench.statusesOf(made)).toEqual(['completed']);
  });

  it('gets no milestone paid that he calls claimable', async () => {
    const paid = await claimable(bench.world, bench.market);
    for (const withMark of [false, true]) {
      const { made, where } = await wanting();
      await thief.write(
        `UPDATE reward_milestones SET status = 'claimable', claimable_at = now() + interval '1 day', reweighed_usd = 5000,
           approved_raw = 5000000000, seen_supply = 1 WHERE ${where};
         UPDATE reward_signals SET weight_usd = 5000, reweighed_usd = 5000, reweighed_raw = raw_amount WHERE ${where}`,
      );
      if (withMark)
        await thief.write(
          `INSERT INTO marks SELECT kind, '${made.milestoneId}', digest, key_id, mac FROM marks
            WHERE kind = 'unlock' AND id = '${paid.milestoneId}'`,
        );
      const { body } = await bench.release(made);
      await thief.driven();
      expect(await thief.alarms(body.payout.id)).toBe(1);
      expect(await paidOutOf(bench.world, made)).toEqual([]);
    }
  });

  it('raises no weight by a price that he writes', async () => {
    const made = await completed(bench.world, bench.market);
    const wallet = await holder(bench.world, bench.market, 25n * TOKEN);
    await signal(bench.world, await holder(bench.world, bench.market, 30n * TOKEN), made);
    await thief.write(
      `UPDATE token_prices SET price_usd = price_usd * 1000, fetched_at = now() WHERE mint = '${made.mint}'`,
    );
    expect(await signal(bench.world, wallet, made)).toMatchObject({ weightUsd: '25' });
    expect(await eventsOf('price_forged_error')).not.toHaveLength(0);
  });
});

describe('T8: who divides an escrow himself', () => {
  it('raises no share, and claims nobody else’s', async () => {
    const made = await completed(bench.world, bench.market);
    const small = await holder(bench.world, bench.market, 100n * TOKEN);
    const large = await holder(bench.world, bench.market, 300n * TOKEN);
    for (const wallet of [small, large]) await signal(bench.world, wallet, made);
    await bench.fund(made, 4n * UNLOCK);
    // Payouts of the tests before stand still for good: nothing waits for them.
    await announce(bench.world, bench.admin, made);
    await takeEffect(bench.world, made);
    const { shares } = await distributionOf(bench.world, made);
    const shareOf = (address: string) => shares.find(({ wallet }) => wallet === address)?.amountLamports;
    const whole = await thief.dump();
    const his = `commitment_id = '${made.id}'`;
    const half = `(SELECT pot_lamports / 2 FROM failure_distributions WHERE ${his})`;
    for (const [change, claimant] of [
      [`UPDATE failure_shares SET amount_lamports = ${half} WHERE ${his}`, small],
      [
        `UPDATE failure_shares SET wallet = '${thief.address}' WHERE ${his} AND wallet = '${large.address}'`,
        thief.wallet,
      ],
      [`UPDATE failure_distributions SET destination = '${thief.address}' WHERE ${his}`, small],
    ] as const) {
      await thief.write(change);
      const { body: claimed } = await claim(bench.world.client(), claimant, made);
      await thief.driven();
      expect(await thief.alarms(claimed.payout.id), change).toBeGreaterThan(0);
      await whole();
    }
    expect(await paidOutOf(bench.world, made)).toEqual([]);
    for (const wallet of [small, large]) await claim(bench.world.client(), wallet, made);
    const paid = await pollUntil('both shares to be paid', async () => {
      await thief.driven();
      const movements = await paidOutOf(bench.world, made);
      return movements.length === 2 ? movements : undefined;
    });
    expect(paid.map(({ to, lamports }) => [to, Number(lamports)])).toEqual(
      expect.arrayContaining([small, large].map(({ address }) => [address, shareOf(address)])),
    );
  });

  it('raises no share of later money, and adds no round of it', async () => {
    const made = await completed(bench.world, bench.market);
    const owner = await holder(bench.world, bench.market, 300n * TOKEN);
    await signal(bench.world, owner, made);
    await announce(bench.world, bench.admin, made);
    await takeEffect(bench.world, made);
    await bench.fund(made, 2n * SOL);
    expect(await bench.world.app.get(FailureRounds).freeze(made.id)).toBe('frozen');
    // Enough for what he adds, so that only the door stands in the way.
    await bench.fund(made, 5n * SOL);
    const { shares } = await distributionOf(bench.world, made);
    const whole = await thief.dump();
    const his = `commitment_id = '${made.id}'`;
    for (const [change, claimant] of [
      [`UPDATE failure_round_shares SET wallet = '${thief.address}' WHERE ${his}`, thief.wallet],
      [
        `UPDATE failure_rounds SET pot_lamports = pot_lamports + 1, kept_lamports = kept_lamports - 1 WHERE ${his};
         UPDATE failure_round_shares SET amount_lamports = amount_lamports + 1 WHERE ${his}`,
        owner,
      ],
      [
        `INSERT INTO failure_rounds
         SELECT commitment_id, 2, escrow_balance_lamports, kept_lamports, treasury_lamports, pot_lamports, leg_fee_lamports,
                fee_total_lamports, frozen_at FROM failure_rounds WHERE ${his};
         INSERT INTO failure_round_shares
         SELECT commitment_id, 2, '${thief.address}', weight_raw, amount_lamports FROM failure_round_shares WHERE ${his};
         INSERT INTO marks SELECT kind, '${made.id}:2', digest, key_id, mac FROM marks WHERE kind = 'round' AND id = '${made.id}:1'`,
        thief.wallet,
      ],
      [`DELETE FROM marks WHERE kind = 'round' AND id = '${made.id}:1'`, owner],
    ] as const) {
      await thief.write(change);
      const { body: claimed } = await claim(bench.world.client(), claimant, made);
      await thief.driven();
      expect(await thief.alarms(claimed.payout.id), change).toBeGreaterThan(0);
      await whole();
    }
    expect(await paidOutOf(bench.world, made)).toEqual([]);
    await claim(bench.world.client(), owner, made);
    const paid = await pollUntil('the share to be paid', async () => {
      await thief.driven();
      const movements = await paidOutOf(bench.world, made);
      return movements.length === 1 ? movements : undefined;
    });
    expect(paid.map(({ to, lamports }) => [to, Number(lamports)])).toEqual(
      shares.map(({ wallet, amountLamports }) => [wallet, amountLamports]),
    );
  });
});

describe('T8: who puts an announced failure back that was called off', () => {
  it('has nothing frozen, nothing shared and nothing paid, by older rows, heads or a whole older dump', async () => {
    const made = await completed(bench.world, bench.market);
    const owner = await holder(bench.world, bench.market, 300n * TOKEN);
    await signal(bench.world, owner, made);
    await bench.fund(made, 4n * UNLOCK);
    const before = await balance(made.escrow);
    await announce(bench.world, bench.admin, made);
    const his = `commitment_id = '${made.id}'`;
    const announced = await thief.dump();
    const rows = await Promise.all([
      thief.copy('commitments', `id = '${made.id}'`),
      thief.copy('failure_announcements', his),
      thief.copy('reward_milestones', his),
    ]);
    const head = await thief.copy('marks', `kind = 'head' AND id = '${made.id}'`);
    const { failureEffectiveAt } = await announcedOf(bench.world, made);
    await callOff(bench.admin, made);
    const whole = await thief.dump();
    await bench.world.travelTo(Date.parse(failureEffectiveAt) + 1_000);
    const withdrawn = `DELETE FROM signed_acts WHERE ${his} AND action = 'admin.failure.cancel'`;
    const putBack = async () => {
      for (const row of rows) await row();
    };
    for (const change of [
      putBack,
      () => putBack().then(() => thief.write(withdrawn)),
      () =>
        putBack()
          .then(() => thief.write(withdrawn))
          .then(head),
      announced,
    ]) {
      await change();
      expect(await bench.world.app.get(DueFailures).run()).toMatchObject({ due: 1, frozen: 0, waiting: 1 });
      await thief.driven();
      expect(await announcedOf(bench.world, made)).toMatchObject({ status: 'announced' });
      expect(await thief.tablesNamed()).toEqual(
        expect.arrayContaining(['commitments', 'failure_announcements']),
      );
      await whole();
    }
    expect(await bench.auditOf('failure_waiting_error', made)).not.toHaveLength(0);
    expect(await balance(made.escrow)).toBe(before);
    expect(await paidOutOf(bench.world, made)).toEqual([]);
  });
});

/** The victim's row with the words of his own; what has to be unique is given up by the one first. */
function swapped(id: string, change: string): string {
  return `CREATE TEMP TABLE own_row ON COMMIT DROP AS SELECT * FROM commitments WHERE id = '${id}';
    UPDATE commitments SET message_hash = repeat('c', 64) WHERE id = '${id}';
    ${change.replace('FROM commitments o', 'FROM own_row o')}`;
}
