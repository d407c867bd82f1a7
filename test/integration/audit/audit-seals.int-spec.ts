import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JOURNALED_TABLES } from '#src/audit/journal/journaled-tables.js';
import type { FindingKind } from '#src/audit/seals/findings.js';
import { messageOf } from '#src/common/errors/errors.js';
import { AuditLogBench } from '../../support/checks/audit-log.js';
import { pollUntil } from '../../support/poll.js';
import { withClient } from '../../support/sql.js';

const LATE = `INSERT INTO public.audit_logs (event, actor, request_id) VALUES ('late_ok', 'cron', 'late')`;

let log: AuditLogBench;

beforeEach(async () => {
  Logger.overrideLogger(false);
  log = await AuditLogBench.start();
});
afterEach(() => log?.stop());

describe('sealing', () => {
  it('covers every row once, at most 1,000 a seal, and then finds nothing to do', async () => {
    await log.write(2_500);
    await log.seal();
    expect(await log.sealer.run()).toEqual({ seals: 0, rows: 0, foreign: 0 });
    await log.write(1);
    await log.seal();
    expect(new Set(await log.sealedIds()).size).toBe(2_501);
    expect(await log.verify()).toMatchObject({ rows: 2_501, seals: 4, unsealed: 0, firstFinding: null });
  });

  it('goes on where a run was interrupted', async () => {
    await log.write(2_500);
    await pollUntil('a first seal', async () =>
      (await log.sealer.run(1)).rows === 1_000 ? true : undefined,
    );
    await log.write(10);
    await log.seal();
    expect(await log.sealedIds()).toHaveLength(2_510);
    expect(await log.verify()).toMatchObject({ unsealed: 0, firstFinding: null });
  });

  it('waits for transactions under way, and takes in those that end late, each once', async () => {
    await withClient(log.url, async (late) => {
      await late.query('BEGIN');
      await late.query(LATE);
      await log.write(5);
      expect(await log.sealer.run()).toEqual({ seals: 0, rows: 0, foreign: 0 });
      await late.query('COMMIT');
    });
    await withClient(log.url, async (first) => {
      // It has a number before the other one, and its row after it.
      await first.query('BEGIN; SELECT pg_current_xact_id()');
      await withClient(log.url, async (second) => {
        await second.query('BEGIN');
        await second.query(LATE);
        await first.query(LATE);
        await first.query('COMMIT');
        await log.seal();
        expect(await log.verify()).toMatchObject({ rows: 7, unsealed: 0, firstFinding: null });
        await second.query('COMMIT');
      });
    });
    expect(await log.verify()).toMatchObject({ rows: 8, unsealed: 1, firstFinding: null });
    await log.seal();
    const ids = await log.sealedIds();
    expect([ids.length, new Set(ids).size]).toEqual([8, 8]);
    expect(ids).not.toEqual(ids.toSorted((a, b) => Number(a) - Number(b)));
    expect(await log.verify()).toMatchObject({ unsealed: 0, firstFinding: null });
  });

  it('knows every transaction that had begun when a round was opened, however slowly a sealer comes to it', async () => {
    await log.write(3);
    await log.seal();
    await withClient(log.url, async (first) => {
      await withClient(log.url, async (second) => {
        await first.query('BEGIN; SELECT pg_current_xact_id()');
        const sealing = await withClient(log.url, async (lock) => {
          await lock.query('BEGIN; LOCK TABLE public.audit_seals IN ACCESS EXCLUSIVE MODE');
          const run = log.sealer.run();
          await pollUntil('a sealer that waits', async () => {
            const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'public.audit_seals'::regclass`;
            return (await log.sql(waiting)).length > 0;
          });
          await second.query('BEGIN');
          await second.query(LATE);
          await first.query(LATE);
          await first.query('COMMIT');
          await lock.query('ROLLBACK');
          return { run };
        });
        await sealing.run;
        await second.query('COMMIT');
      });
    });
    await log.seal();
    expect(await log.verify()).toMatchObject({ rows: 5, unsealed: 0, findings: 0, firstFinding: null });
  });

  it('makes one chain, however many replicas seal at once', async () => {
    await log.write(5_000);
    await Promise.all(Array.from({ length: 4 }, () => log.sealer.run()));
    await log.seal();
    expect(new Set(await log.sealedIds()).size).toBe(5_000);
    expect(await log.verify()).toMatchObject({ rows: 5_000, seals: 5, unsealed: 0, firstFinding: null });
  });

  it('goes on in a database that was restored into a cluster with other transaction numbers', async () => {
    await log.write(30);
    await log.seal();
    // What the old cluster had not sealed yet, and where it stood.
    await log.write(3, 'left_ok');
    await log.tamper(
      `UPDATE audit_logs SET txid = (txid::text::bigint + 1000000)::text::xid8 WHERE event = 'left_ok'`,
    );
    const [last] = await log.sql<{ to: string }>('SELECT to_txid::text AS to FROM audit_seals');
    await log.tamper(`UPDATE audit_seals SET to_txid = '${Number(last?.to) + 900_000}', next_txid = to_txid`);
    await log.write(5, 'new_ok');
    await log.seal();
    await log.write(2, 'new_ok');
    await log.seal();
    const ids = await log.sealedIds();
    expect([ids.length, new Set(ids).size]).toEqual([40, 40]);
  });

  it('leaves rows that nobody can change, not even their owner', async () => {
    await log.write(1);
    await log.seal();
    for (const sql of [
      'UPDATE audit_seals SET id = 2',
      'DELETE FROM audit_seals',
      'TRUNCATE audit_seals CASCADE',
    ]) {
      await expect(log.sql(sql)).rejects.toThrow('is refused');
    }
  });
});

describe('the keys of seals', () => {
  const NEW = 'another secret '.repeat(4);
  const OLD = 'audit-log-secret'.repeat(3);

  it('follow each other when the secret is rotated, and older seals stay verifiable by either key', async () => {
    await log.write(3);
    await log.seal();
    const [oldKey] = log.signer.publicKeys;
    const next = await log.again({ ESCROW_DB_SECRET: NEW, ESCROW_DB_SECRET_PREVIOUS: JSON.stringify([OLD]) });
    try {
      await log.write(2);
      await next.seal();
      await log.write(2);
      await next.seal();
      const [newKey] = next.signer.publicKeys;
      expect(await log.sql('SELECT public_key AS key FROM audit_keys ORDER BY number')).toEqual([
        { key: oldKey },
        { key: newKey },
      ]);
      for (const key of [oldKey, newKey])
        expect(await log.verify([], [String(key)])).toMatchObject({ seals: 3, unsealed: 0, findings: 0 });
      // A replica that has not heard of the new secret yet seals nothing.
      await log.write(1);
      const refused = await pollUntil('a refusal to seal', () =>
        log.sealer.run().then(() => undefined, messageOf),
      );
      expect(refused).toContain(`sealed with key ${newKey}`);
    } finally {
      await next.leave();
    }
  });

  it('T10: are not believed because the table names them', async () => {
    await log.write(3);
    await log.seal();
    const thief = await log.again({ ESCROW_DB_SECRET: NEW });
    try {
      await log.tamper(
        `UPDATE audit_logs SET actor = 'nobody'; DELETE FROM audit_seals; DELETE FROM audit_keys`,
      );
      await thief.seal();
      expect(await thief.verify()).toMatchObject({ findings: 0 });
      const { listed } = await log.verify();
      expect(listed.map(({ kind }) => kind)).toEqual(['seal_forged', 'key_untrusted']);
    } finally {
      await thief.leave();
    }
  });
});

describe('the journal of changes', () => {
  it('covers the tables that verification compares with it', async () => {
    const rows = await log.sql<{ name: string; args: string; type: number }>(
      `SELECT tgrelid::regclass::text AS name, encode(tgargs, 'escape') AS args, tgtype::int AS type
         FROM pg_trigger WHERE tgname = 'journal_change'`,
    );
    const found = rows.map(({ name, args, type }) => {
      const [keyColumns = '', ignored = ''] = args.split('\\000');
      const list = (text: string) => (text === '' ? [] : text.split(','));
      return { table: name, keyColumns: list(keyColumns), ignored: list(ignored), deletes: (type & 8) !== 0 };
    });
    const byName = (a: { table: string }, b: { table: string }) => (a.table < b.table ? -1 : 1);
    expect(found.sort(byName)).toEqual([...JOURNALED_TABLES].sort(byName));
  });

  const INSERT = `INSERT INTO payout_pauses (id, scope, reason, created_by, created_at)
    VALUES ($1, 'all', 'a test', 'somebody', now())`;
  const [OURS, THEIRS] = ['0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e61', '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e62'];
  const END = `UPDATE payout_pauses SET ended_by = 'somebody', ended_at = now() WHERE id = $1`;

  it('has an entry for every change, in its transaction, with its ticket', async () => {
    await log.transactions.run((manager) => manager.query(INSERT, [OURS]));
    await expect(
      log.transactions.run(async (manager) => {
        await manager.query(END, [OURS]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await log.transactions.run((manager) => manager.query(END, [OURS]));
    await log.seal();
    expect(await log.verify()).toMatchObject({ changes: 2, unsealed: 0, findings: 0 });
    expect(log.alarms.foreign).toEqual([]);
  });

  it('T10: names what was changed without one, whatever ticket it shows', async () => {
    await log.transactions.run((manager) => manager.query(INSERT, [OURS]));
    await log.sql(END, [OURS]);
    const copied = `INSERT INTO audit_changes (txid, table_name, row_key, digest, ticket)
      SELECT txid, table_name, '${THEIRS}', digest, ticket FROM audit_changes ORDER BY id LIMIT 1`;
    await log.sql(copied);
    await log.seal();
    expect(log.alarms.foreign.map(({ table, key }) => [table, key])).toEqual([
      ['payout_pauses', OURS],
      ['payout_pauses', THEIRS],
    ]);
    const { listed } = await log.verify();
    expect(listed.filter(({ kind }) => kind === 'foreign_change').map(({ key }) => key)).toEqual([
      OURS,
      THEIRS,
    ]);
  });
});

describe('verification of the database', () => {
  beforeEach(async () => {
    await log.write(30);
    // A gap, as rolled-back transactions leave them.
    await log.sql(`SELECT nextval(pg_get_serial_sequence('public.audit_logs', 'id'))`);
    await log.write(30);
    await log.seal();
    await log.write(5);
    await log.seal();
    await log.write(2);
  });

  const INSERT = `INSERT INTO audit_logs (id, ts, event, actor, request_id) OVERRIDING SYSTEM VALUE
    SELECT 31, ts, 'admin_login_ok', 'somebody', 'r' FROM audit_logs WHERE id = 30`;

  it.each<[string, string, FindingKind, string | null]>([
    ['an altered row', `UPDATE audit_logs SET actor = 'somebody else' WHERE id = 17`, 'changed', '17'],
    ['altered fields', `UPDATE audit_logs SET fields = '{"number": 8}' WHERE id = 7`, 'changed', '7'],
    ['a moved time', `UPDATE audit_logs SET ts = ts + interval '1 microsecond' WHERE id = 3`, 'changed', '3'],
    ['a deleted row', 'DELETE FROM audit_logs WHERE id = 40', 'removed', '40'],
    ['the first row deleted', 'DELETE FROM audit_logs WHERE id = 1', 'removed', '1'],
    ['a row inserted into a gap', INSERT, 'inserted', '31'],
    ['the newest sealed rows cut off', 'DELETE FROM audit_logs WHERE id >= 64', 'cut_off', '64'],
    ['a truncated log', 'TRUNCATE audit_logs', 'cut_off', '1'],
    ['a deleted seal', 'DELETE FROM audit_seals WHERE id = 1', 'seal_removed', '1'],
    ['an altered seal', `UPDATE audit_seals SET sealed_at = now() WHERE id = 1`, 'seal_changed', '1'],
    [
      'a row and its digest altered',
      `UPDATE audit_logs SET actor = 'x' WHERE id = 62;
       UPDATE audit_seals SET digests = set_byte(digests, 0, 255 - get_byte(digests, 0)) WHERE id = 1`,
      'seal_changed',
      '1',
    ],
  ])('names %s', async (_, sql, kind, rowId) => {
    expect((await log.verify()).firstFinding).toBeNull();
    await log.tamper(sql);
    const { firstFinding } = await log.verify();
    expect(firstFinding).toMatchObject({ kind, rowId });
    expect(firstFinding?.detail).toContain(kind.startsWith('seal') ? 'seal 1' : String(rowId));
  });

  it('still names an inserted row after it was sealed with the others', async () => {
    await log.tamper(INSERT);
    await log.seal();
    expect((await log.verify()).firstFinding).toMatchObject({ kind: 'inserted', rowId: '31' });
  });

  it('finds the newest rows cut off together with their seal by its hash from elsewhere', async () => {
    const hash = await log.head();
    await log.tamper('DELETE FROM audit_logs WHERE id >= 62; DELETE FROM audit_seals WHERE id >= 2');
    expect((await log.verify()).firstFinding).toBeNull();
    const { firstFinding } = await log.verify([{ hash, source: '--seal' }]);
    expect(firstFinding).toMatchObject({ kind: 'cut_off', rowId: null });
    expect(firstFinding?.detail).toMatch(/after seal 1, row 61/);
  });
});
