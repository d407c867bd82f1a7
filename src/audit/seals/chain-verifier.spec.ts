import { generateKeyPairSync, sign } from 'node:crypto';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainVerifier } from './chain-verifier.js';
import type { Verification, KnownSeal } from './findings.js';
import {
  type AuditLine,
  GENESIS,
  makeSeal,
  lineDigest,
  roundsAfter,
  type Seal,
  sealHash,
} from './audit-seal.js';

import { KeyChain, keyStatement, sealStatement, type SealKey } from './seal-key.js';

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    publicKey: bs58.encode(point),
    sign: (text: string) => bs58.encode(sign(null, Buffer.from(text), privateKey)),
  };
}

const OWN = newKey();
const FIRST = { number: 1, publicKey: OWN.publicKey, afterSeal: '0' };
const KEYS: SealKey[] = [
  { ...FIRST, ownSignature: OWN.sign(keyStatement(FIRST, null)), previousSignature: null, madeAt: '' },
];
const CHAIN = KeyChain.of(KEYS, [OWN.publicKey]);
const SIGNING = { foreignIds: [], keyNumber: 1, sign: OWN.sign };

const START = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

/** As somebody who has the key would do it. */
function resigned(seal: Seal): Seal {
  const hash = sealHash(seal);
  return { ...seal, hash, signature: OWN.sign(sealStatement({ id: seal.id, hash })) };
}

const timeAt = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}000Z`;

function rowOf(id: number, ms: number, txid = id): AuditLine {
  return {
    id: String(id),
    txid: String(txid),
    ts: timeAt(ms),
    event: 'something_ok',
    actor: 'cron',
    requestId: `request-${id}`,
    commitmentId: null,
    payoutId: null,
    signature: null,
    fields: `{"number": ${id}}`,
  };
}

interface Log {
  readonly rows: AuditLine[];
  readonly seals: Seal[];
}

/** Rows with gaps, sealed minute by minute; the last group is not sealed yet. */
function logOf(groups: readonly number[]): Log {
  const rows: AuditLine[] = [];
  const seals: Seal[] = [];
  let id = 0;
  for (const [minute, size] of groups.entries()) {
    const at = START + minute * MINUTE;
    const made = Array.from({ length: size }, () => rowOf((id += 1 + (id % 3)), at));
    rows.push(...made);
    if (minute === groups.length - 1) break;
    const next = String(id + 1);
    const now = timeAt(at + 1_000);
    const last = seals.at(-1) ?? null;
    const [round] = roundsAfter(last, { oldest: next, next, now });
    if (round) seals.push(makeSeal(last, round, made, { drained: true, sealedAt: now, ...SIGNING }));
  }
  return { rows, seals };
}

function verify({ rows, seals }: Log, known: readonly KnownSeal[] = []): Verification {
  const verifier = new ChainVerifier(seals.length, CHAIN, known);
  const queue = [...rows];
  for (const seal of seals) {
    while (queue[0] && BigInt(queue[0].id) <= BigInt(seal.maxId)) verifier.row(queue.shift() as AuditLine);
    verifier.seal(seal);
  }
  for (const row of queue) verifier.row(row);
  return verifier.finish();
}

const logs = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 6 }).map(logOf);
/** A log, and the position of one of its sealed rows. */
const withSealed = logs.chain((log) => {
  const sealed = log.seals.flatMap(({ rowIds }) => rowIds).length;
  return fc.tuple(fc.constant(log), fc.nat(sealed - 1));
});

describe('verification', () => {
  it('finds nothing in an untouched log, gaps in its ids and an unsealed tail included', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { firstFinding, rows, seals, unsealed, head } = verify(log);
        expect(firstFinding).toBeNull();
        expect([rows, seals]).toEqual([log.rows.length, log.seals.length]);
        expect(unsealed).toBe(log.rows.length - log.seals.flatMap(({ rowIds }) => rowIds).length);
        expect(head?.hash).toBe(log.seals.at(-1)?.hash);
      }),
    );
  });

  it('names a changed row, whichever member was changed', () => {
    const members = [
      'ts',
      'event',
      'actor',
      'requestId',
      'commitmentId',
      'payoutId',
      'signature',
      'txid',
    ] as const;
    fc.assert(
      fc.property(withSealed, fc.constantFrom(...members, 'fields' as const), ([log, at], member) => {
        const value = { ts: timeAt(START + 7), fields: '{"number":-1}', txid: '999999' }[member as string];
        const rows = log.rows.map((row, index) =>
          index === at ? { ...row, [member]: value ?? 'other' } : row,
        );
        expect(verify({ ...log, rows }).firstFinding).toMatchObject({ kind: 'changed', rowId: rows[at]?.id });
      }),
    );
  });

  it('names a removed row', () => {
    fc.assert(
      fc.property(withSealed, ([log, at]) => {
        const rows = log.rows.filter((_, index) => index !== at);
        expect(verify({ ...log, rows }).firstFinding).toMatchObject({
          kind: 'removed',
          rowId: log.rows[at]?.id,
        });
      }),
    );
  });

  it('names where the rows end, when all after it were removed', () => {
    fc.assert(
      fc.property(withSealed, ([log, at]) => {
        const cut = { ...log, rows: log.rows.slice(0, at) };
        expect(verify(cut).firstFinding).toMatchObject({ kind: 'cut_off', rowId: log.rows[at]?.id });
      }),
    );
  });

  it('names a row that was put into a gap, whatever time it tells', () => {
    const log = logOf([4, 4, 4]);
    const ids = new Set(log.rows.map(({ id }) => id));
    const gap = [2, 3, 4, 5, 6, 7, 8].find((id) => !ids.has(String(id))) ?? 0;
    for (const ms of [START, START + MINUTE, START + 5 * MINUTE, START - 1e9]) {
      const rows = [...log.rows, rowOf(gap, ms, 1_000)].sort((a, b) => Number(a.id) - Number(b.id));
      expect(verify({ ...log, rows }).firstFinding).toMatchObject({ kind: 'inserted', rowId: String(gap) });
    }
  });

  it('takes a row of a transaction that ended late for what it is', () => {
    const [a, late, b] = [rowOf(1, START), rowOf(2, START, 7), rowOf(3, START, 5)];
    const [round] = roundsAfter(null, { oldest: '7', next: '9', now: timeAt(START + 1_000) });
    if (!round) throw new Error('no round');
    const first = makeSeal(null, round, [a, b], {
      drained: true,
      sealedAt: timeAt(START + 1_000),
      ...SIGNING,
    });
    expect(verify({ rows: [a, late, b], seals: [first] })).toMatchObject({ firstFinding: null, unsealed: 1 });
    const [next] = roundsAfter(first, { oldest: '20', next: '20', now: timeAt(START + MINUTE) });
    if (!next) throw new Error('no round');
    const second = makeSeal(first, next, [late], {
      drained: true,
      sealedAt: timeAt(START + MINUTE),
      ...SIGNING,
    });
    expect(verify({ rows: [a, late, b], seals: [first, second] })).toMatchObject({
      firstFinding: null,
      unsealed: 0,
    });
  });

  it('names a row that was written back into the past at the end', () => {
    const log = logOf([3, 3, 3]);
    const rows = [...log.rows, rowOf(500, START - 24 * 60 * MINUTE)];
    expect(verify({ ...log, rows }).firstFinding).toMatchObject({ kind: 'inserted', rowId: '500' });
  });

  it('names the first of several', () => {
    const log = logOf([4, 4, 4, 1]);
    const rows = log.rows.filter((_, index) => index !== 9);
    rows[2] = { ...(rows[2] as AuditLine), actor: 'x' };
    expect(verify({ ...log, rows })).toMatchObject({
      findings: 2,
      firstFinding: { kind: 'changed', rowId: log.rows[2]?.id },
    });
  });

  it('finds a seal that was changed, recomputed, or removed', () => {
    const log = logOf([3, 3, 3, 1]);
    const [first, second, third] = log.seals as [Seal, Seal, Seal];
    const changed = { ...second, sealedAt: timeAt(START) };
    expect(verify({ ...log, seals: [first, changed, third] }).firstFinding).toMatchObject({
      kind: 'seal_changed',
      sealId: '2',
    });
    const recomputed = { ...changed, hash: sealHash(changed) };
    expect(verify({ ...log, seals: [first, recomputed, third] }).firstFinding).toMatchObject({
      kind: 'seal_forged',
      sealId: '2',
    });
    expect(verify({ ...log, seals: [first, resigned(changed), third] }).firstFinding).toMatchObject({
      kind: 'seal_changed',
      sealId: '2',
    });
    expect(verify({ ...log, seals: [first, third] }).firstFinding).toMatchObject({
      kind: 'seal_removed',
      sealId: '2',
      rowId: second.rowIds[0],
    });
    const headless = { ...second, prevHash: GENESIS };
    expect(verify({ ...log, seals: [first, resigned(headless)] }).firstFinding?.kind).toBe('seal_changed');
  });

  it('finds an end that was cut off together with its seals, or rewritten, by what is known from elsewhere', () => {
    const log = logOf([3, 3, 3, 1]);
    const known = log.seals[2] as Seal;
    const elsewhere = [{ hash: known.hash, source: 'a log line' }];
    expect(verify(log, elsewhere).firstFinding).toBeNull();
    const cut = { rows: log.rows.slice(0, 6), seals: log.seals.slice(0, 2) };
    expect(verify(cut).firstFinding).toBeNull();
    expect(verify(cut, elsewhere).firstFinding).toMatchObject({ kind: 'cut_off', rowId: null });
    expect(verify(cut, [{ sealId: '3', source: 'an anchor' }]).firstFinding?.kind).toBe('cut_off');
    const other = [{ sealId: '3', hash: GENESIS, source: 'an anchor' }];
    expect(verify(log, other).firstFinding).toMatchObject({ kind: 'rewritten', sealId: '3' });
  });

  it('finds a file that was cut off', () => {
    const log = logOf([3, 3, 1]);
    const verifier = new ChainVerifier(2, CHAIN);
    for (const row of log.rows.slice(0, 3)) verifier.row(row);
    verifier.seal(log.seals[0] as Seal);
    expect(verifier.finish().firstFinding?.kind).toBe('cut_off');
  });
});

describe('hashes', () => {
  it('do not depend on how fields are printed, and are different for different rows', () => {
    const row = rowOf(1, START);
    expect(lineDigest({ ...row, fields: '{"number":1.0}' })).toEqual(lineDigest(row));
    expect(lineDigest({ ...row, actor: 'cron","x' })).not.toEqual(lineDigest(row));
    const shifted = { ...row, commitmentId: 'a', payoutId: null };
    expect(lineDigest({ ...row, commitmentId: null, payoutId: 'a' })).not.toEqual(lineDigest(shifted));
  });

  it('stay what they are from version to version', () => {
    expect(lineDigest(rowOf(1, START)).toString('hex')).toMatchInlineSnapshot(
      `"c35659f30f3221650d68b0df5cc9bf87e76b374bb68a5722728d8415481b5891"`,
    );
    expect(logOf([1, 1]).seals[0]?.hash).toMatchInlineSnapshot(
      `"7842536ca6ced4c71198c530ad9f2f55ed1e46dcdf62a87ad9be154ee4166f3c"`,
    );
  });
});

describe('rounds of sealing', () => {
  const seal = logOf([2, 1]).seals[0] as Seal;

  it('begin where the last one ended, and end below the oldest transaction under way', () => {
    const [round, ...more] = roundsAfter(
      { ...seal, toTxid: '100' },
      { oldest: '120', next: '130', now: timeAt(START) },
    );
    expect(round).toMatchObject({ fromTxid: '100', toTxid: '120', fromId: seal.maxId, floorId: '0' });
    expect(more).toEqual([]);
  });

  it('go on with what an interrupted one left', () => {
    const cut = { ...seal, drained: false };
    const [rest] = roundsAfter(cut, { oldest: '120', next: '130', now: timeAt(START) });
    expect(rest).toMatchObject({
      toTxid: seal.toTxid,
      openedAt: seal.openedAt,
      resumeId: seal.rowIds.at(-1),
    });
  });

  it('begin anew above the rows of a database that was restored into another cluster', () => {
    const rounds = roundsAfter(
      { ...seal, toTxid: '5000' },
      { oldest: '700', next: '700', now: timeAt(START) },
    );
    expect(rounds).toMatchObject([
      { fromTxid: '5000', floorId: '0' },
      { fromTxid: '0', toTxid: '700', floorId: seal.maxId },
    ]);
  });
});
