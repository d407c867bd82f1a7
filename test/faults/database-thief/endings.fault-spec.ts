import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '#src/local/rest-client.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import { DatabaseThief } from '../../support/builders/database-thief.js';
import {
  AMOUNT,
  attest,
  attested,
  fail,
  signingText,
  statusAndCode,
  succeed,
  unattested,
} from '../../support/builders/personal.js';
import { setAccount } from '../../support/builders/tokens.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';
import { AppWorld } from '../../support/worlds/app-world.js';

let world: AppWorld;
let thief: DatabaseThief;
let admin: RestClient;
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false', PAYOUT_WAIT_SECONDS: '1' });
  thief = new DatabaseThief(world);
  admin = await world.adminClient();
});
afterAll(async () => {
  await world?.stop();
});

const balance = (wallet: string) => balanceOf(world.chain.rpcUrl, wallet);
const secondsAfter = (deadline: unknown, seconds: number) => Date.parse(String(deadline)) + seconds * 1000;

describe('T8: who attests too late', () => {
  it('gets nothing back by a time or an act that he writes', async () => {
    const deadline = await world.chainTime(600);
    const [byTime, byAct] = [await unattested(world, { deadline }), await unattested(world, { deadline })];
    await world.travelTo(secondsAfter(deadline, 60));
    const inTime = `(SELECT deadline - interval '1 minute' FROM commitments WHERE id = '${byTime.id}')`;
    await thief.write(
      `UPDATE commitments SET attested_at = ${inTime} WHERE id IN ('${byTime.id}', '${byAct.id}')`,
    );
    const { body } = await succeed(admin, byTime.id);
    await thief.driven();
    expect(await thief.alarms(body.payout.id)).toBe(1);
    const params = { commitmentId: byAct.id };
    const { message, issuedAt } = await signingText(world, byAct.authority, 'commitment.attest', params);
    await thief.write(
      `INSERT INTO signed_acts (id, action, wallet, commitment_id, params, text, envelope, signature, message_hash, issued_at,
         accepted_at, chain_time)
       VALUES (gen_random_uuid(), 'commitment.attest', '${byAct.authority.address}', '${byAct.id}', '{}', '${message}', 'text',
         '${byAct.authority.signBase58(message)}', encode(sha256('${message}'), 'hex'), '${issuedAt}', ${inTime}, ${inTime})`,
    );
    expect(await statusAndCode(succeed(admin, byAct.id))).toEqual([409, 'signing_refused']);
    expect(await thief.tablesNamed()).toEqual(expect.arrayContaining(['commitments', 'signed_acts']));
    for (const { escrow } of [byTime, byAct]) expect(await balance(escrow.address)).toBe(BigInt(AMOUNT));
  });
});

describe('T8, R6: who is one admin of two, and writes the other one’s word himself', () => {
  const second = TestWallet.generate();

  it('gets nothing of what an unpayable destination was to get', async () => {
    await world.restart({ ADMIN_WALLET_PUBKEYS: `${world.admin.address},${second.address}` });
    admin = await world.adminClient();
    const deadline = await world.chainTime(600);
    const [ordered, waiting] = [await unattested(world, { deadline }), await unattested(world, { deadline })];
    await world.travelTo(secondsAfter(deadline, 60));
    const program = { owner: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', data: Buffer.alloc(165) };
    const { body: pause } = await admin.act<{ id: string }>('admin.pause.create', {
      scope: 'all',
      reason: 'test',
    });
    const { body } = await fail(admin, waiting.id);
    for (const { id: commitmentId, destinationOnFail: replaces } of [ordered, waiting]) {
      await setAccount(world.chain.rpcUrl, replaces, program);
      const params = { commitmentId, replaces, destination: thief.address };
      await admin.act('admin.destination.change', params);
    }
    await (await world.adminClient(second)).act('admin.pause.end', { pauseId: pause.id });
    const whole = await thief.dump();
    const his = `commitment_id IN ('${ordered.id}', '${waiting.id}') AND action = 'admin.destination.change'`;
    const copy = (wallet: string, text: string) =>
      `INSERT INTO signed_acts SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'wallet', ${wallet},
         'text', ${text}, 'message_hash', encode(sha256(convert_to(${text}, 'UTF8')), 'hex')))).* FROM signed_acts s WHERE ${his}`;
    const others = copy(
      `'${second.address}'`,
      `replace(text, '${world.admin.address}', '${second.address}')`,
    );
    const marks =
      `INSERT INTO marks SELECT m.kind, n.id::text, m.digest, m.key_id, m.mac FROM marks m, signed_acts o, signed_acts n
      WHERE m.kind = 'act' AND m.id = o.id::text AND o.${his} AND n.${his} AND n.wallet = '${second.address}'
        AND o.wallet <> n.wallet AND o.commitment_id = n.commitment_id`.replaceAll(
        `.${his}`,
        `.action = 'admin.destination.change'`,
      );
    for (const change of [
      others,
      `${others}; ${marks}`,
      `UPDATE payouts SET destination = '${thief.address}' WHERE commitment_id = '${waiting.id}'`,
      `UPDATE commitments SET destination_on_fail = '${thief.address}' WHERE id = '${ordered.id}'`,
    ]) {
      await thief.write(change);
      // It may be ordered, by the row that he wrote: the door signs none of it.
      await fail(admin, ordered.id).catch(() => undefined);
      await thief.driven();
      expect(await balance(thief.address), change).toBe(0n);
      await whole();
    }
    expect(await thief.alarms(body.payout.id)).toBeGreaterThan(0);
    for (const { escrow } of [ordered, waiting]) expect(await balance(escrow.address)).toBe(BigInt(AMOUNT));
    await world.restart();
    admin = await world.adminClient();
  });
});

describe('T8: who takes signed acts away', () => {
  const WINDOW_SECONDS = 259_200;
  const refusals = (id: string) =>
    world.sql(
      `SELECT 1 FROM audit_logs WHERE event = 'escrow_signing_refused_error' AND commitment_id = $1`,
      [id],
    );
  /** What the service does by itself when something is over. */
  const sweep = async () => {
    const { items } = await world.app.get(Sweep).run();
    await thief.driven();
    return items;
  };

  it('gets no escrow swept whose attestation is gone, nor with the head that it had before', async () => {
    const made = await unattested(world, { deadline: await world.chainTime(600) });
    const head = await thief.copy('marks', `kind = 'head' AND id = '${made.id}'`);
    await attest(world, made);
    const whole = await thief.dump();
    await world.travelTo(secondsAfter(made.body['deadline'], 1));
    const gone = `DELETE FROM signed_acts WHERE commitment_id = '${made.id}' AND action = 'commitment.attest';
      UPDATE commitments SET attested_at = NULL WHERE id = '${made.id}'`;
    for (const withHead of [false, true]) {
      await thief.write(gone);
      if (withHead) await head();
      const refused = { commitmentId: made.id, code: 'signing_refused' };
      expect(await sweep()).toContainEqual(expect.objectContaining(refused));
      expect(await thief.tablesNamed()).toEqual(expect.arrayContaining(['commitments', 'signed_acts']));
      await whole();
    }
    expect(await refusals(made.id)).toHaveLength(1);
    expect(await balance(made.escrow.address)).toBe(BigInt(AMOUNT));
    await world.travelTo(secondsAfter(made.body['deadline'], WINDOW_SECONDS + 60));
    await sweep();
    expect(await balance(made.escrow.address)).toBe(0n);
    expect(await balance(made.destinationOnFail)).toBe(0n);
  });

  it('has no failure carried out that was withdrawn, and no refund made against one that stands', async () => {
    const deadline = await world.chainTime(600);
    const [withdrawn, standing] = [await attested(world, { deadline }), await attested(world, { deadline })];
    await world.travelTo(secondsAfter(deadline, 60));
    for (const { id } of [withdrawn, standing])
      await admin.act('admin.commitment.failure', { commitmentId: id, reason: 'not delivered' });
    const filed = await thief.copy('commitments', `id = '${withdrawn.id}'`);
    await admin.act('admin.failure.cancel', { commitmentId: withdrawn.id });
    const whole = await thief.dump();
    await filed();
    await thief.write(
      `DELETE FROM signed_acts WHERE commitment_id = '${withdrawn.id}' AND action = 'admin.failure.cancel';
       DELETE FROM signed_acts WHERE commitment_id = '${standing.id}' AND action = 'admin.commitment.failure';
       UPDATE commitments SET failure_filed_at = NULL, failure_reason = NULL WHERE id = '${standing.id}'`,
    );
    await world.travelTo(secondsAfter(deadline, WINDOW_SECONDS + 60));
    const items = await sweep();
    for (const { id, escrow } of [withdrawn, standing]) {
      expect(items).toContainEqual(expect.objectContaining({ commitmentId: id, code: 'signing_refused' }));
      expect(await refusals(id)).toHaveLength(1);
      expect(await balance(escrow.address)).toBe(BigInt(AMOUNT));
    }
    await whole();
    await sweep();
    expect(await balance(withdrawn.authority.address)).toBeGreaterThan(BigInt(AMOUNT));
    expect(await balance(String(standing.body['destinationOnFail']))).toBeGreaterThan(0n);
  });
});
