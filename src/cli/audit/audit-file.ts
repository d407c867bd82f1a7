import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { ChainVerifier } from '#src/audit/seals/chain-verifier.js';
import type { Verification, KnownSeal } from '#src/audit/seals/findings.js';
import type { AuditLine, ChangeLine, Seal } from '#src/audit/seals/audit-seal.js';
import { KeyChain, type SealKey } from '#src/audit/seals/seal-key.js';
import { CliError } from '#src/cli/session/cli-error.js';

const PROGRESS_EVERY = 100_000;
const FORMAT = 'cts-audit-1';
const FIELDS = ',"fields":';

type Members = Readonly<Record<string, unknown>>;

export interface FileVerification extends Verification {
  /** Anchors of seals that were made after the export. */
  readonly laterAnchors: number;
}

export interface Expectations {
  /** Public keys, from anywhere but the file. */
  readonly trusted: readonly string[];
  /** What the file has to contain. */
  readonly known?: readonly KnownSeal[];
  /** What the chain says about seals; those made after the export are missing. */
  readonly anchored?: readonly KnownSeal[];
}

/**
 * Verifies an exported log (NDJSON, exported without a filter), line by line.
 * @throws CliError when it is none
 */
export async function verifyFile(
  path: string,
  expected: Expectations,
  progress: (rows: number) => void,
): Promise<FileVerification> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let reading: Reading | undefined;
  let number = 0;
  let rows = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      reading = take(line, reading, expected);
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(`${path}, line ${number}: it is no line of an exported audit log.`);
    }
    rows += 1;
    if (rows % PROGRESS_EVERY === 0) progress(rows);
  }
  if (reading === undefined) throw noHead();
  return { ...reading.verifier.finish(), laterAnchors: reading.laterAnchors };
}

interface Reading {
  readonly verifier: ChainVerifier;
  readonly laterAnchors: number;
}

function take(line: string, reading: Reading | undefined, expected: Expectations): Reading {
  const members = JSON.parse(line) as Members;
  if (members['type'] === 'head' && reading === undefined) return begin(members, expected);
  if (reading === undefined) throw noHead();
  const { verifier } = reading;
  if (members['type'] === 'seal') verifier.seal(toSeal(members));
  else if (members['type'] === 'change') verifier.row(members as unknown as ChangeLine);
  else if (members['type'] === 'row') verifier.row(toRow(members, line));
  else throw new SyntaxError('neither row nor seal');
  return reading;
}

function begin(members: Members, { trusted, known = [], anchored = [] }: Expectations): Reading {
  if (members['format'] !== FORMAT) throw noHead();
  const seals = Number(members['seals']);
  const keys = KeyChain.of(members['keys'] as SealKey[], trusted);
  const due = anchored.filter(({ sealId }) => BigInt(sealId ?? '0') <= BigInt(seals));
  const verifier = new ChainVerifier(seals, keys, [...known, ...due]);
  return { verifier, laterAnchors: anchored.length - due.length };
}

function toRow(members: Members, line: string): AuditLine {
  return { ...(members as unknown as AuditLine), fields: fieldsOf(members, line) };
}

function toSeal(members: Members): Seal {
  const digests = Buffer.from(String(members['digests']), 'base64');
  return { ...(members as unknown as Seal), digests };
}

/** As they are written: JSON.parse would round long numbers. */
function fieldsOf(members: Members, line: string): string {
  // As `audit export` writes them, last; no text before them can hold these quotes as they are.
  const at = line.indexOf(FIELDS);
  if (at > 0 && Object.keys(members).at(-1) === 'fields' && line.endsWith('}')) {
    return line.slice(at + FIELDS.length, -1);
  }
  const tree = parseTree(line);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, ['fields']);
  if (node === undefined) throw new SyntaxError('no fields');
  return line.slice(node.offset, node.offset + node.length);
}

function noHead(): CliError {
  return new CliError(
    'Only a whole log can be verified: `audit export` without a filter, as ndjson. Its first line says so.',
    2,
  );
}
