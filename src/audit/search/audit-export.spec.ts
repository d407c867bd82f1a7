import { describe, expect, it } from 'vitest';
import { csvCell } from '#src/common/text/csv.js';
import { csvLine, ndjsonRow } from './audit-export.js';

const ROW = {
  id: '1',
  txid: '700',
  ts: '2026-11-22T10:00:00.123456Z',
  event: 'something_ok',
  actor: '=cmd|x',
  requestId: 'r',
  commitmentId: null,
  payoutId: null,
  signature: null,
  fields: '{"a": 9007199254740993, "b": "x, \\"y\\""}',
};

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['="a"', `"'=""a"""`],
    ['plain', 'plain'],
    ['', ''],
  ])('%j becomes %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('writes a row as one line', () => {
    expect(csvLine(ROW)).toBe(
      `1,2026-11-22T10:00:00.123456Z,something_ok,'=cmd|x,r,,,,"{""a"": 9007199254740993, ""b"": ""x, \\""y\\""""}"\r\n`,
    );
  });
});

describe('NDJSON', () => {
  it('keeps every digit of the fields', () => {
    expect(ndjsonRow(ROW)).toContain('"fields":{"a": 9007199254740993,');
    expect(JSON.parse(ndjsonRow(ROW))).toMatchObject({ type: 'row', id: '1', commitmentId: null });
  });
});
