import { existsSync } from 'node:fs';
import { loadDatabaseSettings, loadSource } from '../../config/load.js';
import type { Verdict, Witness } from '../audit/audit-chain.js';
import { readAnchors } from './audit-anchors.js';
import { verifyFile } from './audit-file.js';
import { FILTERS, PAGE } from './audit-flags.js';
import { CliError } from './cli-error.js';
import { Alarm, type CommandContext, signedIn } from './command-support.js';

const FORMATS = ['ndjson', 'csv'];
const HASH = /^[0-9a-f]{64}$/;

/** One page of the log. */
export async function auditList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get(`/admin/audit-logs${queryOf(context, [...FILTERS, ...PAGE])}`)).body;
}

/** Everything that matches, on stdout. */
export async function auditExport(context: CommandContext): Promise<undefined> {
  const format = context.flags['format'] ?? 'ndjson';
  if (!FORMATS.includes(format)) throw new CliError(`--format takes ${FORMATS.join(' or ')}`, 2);
  await signedIn(context).download(`/admin/audit-logs.${format}${queryOf(context, FILTERS)}`, process.stdout);
}

/** The hash chain of the database or of an exported file; exit code 1 when something is wrong with it. */
export async function auditVerify(context: CommandContext, [path]: readonly string[]): Promise<unknown> {
  const seal = context.flags['seal']?.toLowerCase();
  if (seal !== undefined && !HASH.test(seal))
    throw new CliError('--seal takes the 64 hex digits of a hash', 2);
  const known: Witness[] = seal === undefined ? [] : [{ hash: seal, source: '--seal' }];
  const result = path === undefined ? await ofDatabase(context, known) : await ofFile(context, path, known);
  return result.firstFinding === null ? result : new Alarm(result);
}

async function ofFile(context: CommandContext, path: string, known: readonly Witness[]) {
  if (!existsSync(path)) throw new CliError(`There is no file ${path}.`, 2);
  return verifyFile(path, known, (rows) => context.progress(`${rows} rows`));
}

async function ofDatabase(context: CommandContext, known: readonly Witness[]) {
  const settings = loadDatabaseSettings(loadSource());
  if (settings.DATABASE_URL === undefined) {
    throw new CliError('Set DATABASE_URL to the database to verify, or name an exported file.', 2);
  }
  // The database's libraries do not slow down the other commands.
  const { AuditDatabase } = await import('./audit-database.js');
  const database = await AuditDatabase.open(settings);
  try {
    const { witnesses, ...anchors } = await readAnchors(await database.anchors());
    const verdict: Verdict = await database.verify([...known, ...witnesses], (rows) =>
      context.progress(`${rows} rows`),
    );
    return { ...verdict, anchors };
  } finally {
    await database.close();
  }
}

function queryOf({ flags }: CommandContext, names: readonly string[]): string {
  const given = names.flatMap((name) =>
    flags[name] === undefined ? [] : [[name, flags[name]] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
