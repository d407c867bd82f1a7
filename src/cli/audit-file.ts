import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { ChainVerifier, type Verdict, type Witness } from '../audit/audit-chain.js';
import type { AuditLine, Seal } from '../audit/audit-seal.js';
import { CliError } from './cli-error.js';

const PROGRESS_EVERY = 100_000;
const FORMAT = 'cts-audit-1';
const FIELDS = ',"fields":';

type Members = Readonly<Record<string, unknown>>;

/**
 * Verifies an exported log (NDJSON, exported without a filter), line by line.
 * @throws CliError when it is none
 */
export async function verifyFile(
  path: string,
  witnesses: readonly Witness[],
  progress: (rows: number) => void,
): Promise<Verdict> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let verifier: ChainVerifier | undefined;
  let number = 0;
  let rows = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      verifier = take(line, verifier, witnesses);
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(`${path}, line ${number}: it is no line of an exported audit log.`);
    }
    rows += 1;
    if (rows % PROGRESS_EVERY === 0) progress(rows);
  }
  if (verifier === undefined) throw noHead();
  return verifier.finish();
}

function take(
  line: string,
  verifier: ChainVerifier | undefined,
  witnesses: readonly Witness[],
): ChainVerifier {
  const members = JSON.parse(line) as Members;
  if (members['type'] === 'head' && verifier === undefined) {
    if (members['format'] !== FORMAT) throw noHead();
    return new ChainVerifier(Number(members['seals']), witnesses);
  }
  if (verifier === undefined) throw noHead();
  if (members['type'] === 'seal') verifier.seal(toSeal(members));
  else if (members['type'] === 'row') verifier.row(toRow(members, line));
  else throw new SyntaxError('neither row nor seal');
  return verifier;
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
