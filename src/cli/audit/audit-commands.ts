import { existsSync } from 'node:fs';
import { asOwner, loadDatabaseSettings, loadSource } from '#config/load.js';
import { type Finding, type Verification, withFindings, type KnownSeal } from '#src/audit/seals/findings.js';
import { type Anchors, readAnchors } from './audit-anchors.js';
import { verifyFile } from './audit-file.js';
import { FILTERS, PAGE } from './audit-flags.js';
import { type Trust, trustOf } from './audit-trust.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { Alarm, type CommandContext, PRINTED, signedIn } from '#src/cli/session/command-support.js';

const FORMATS = ['ndjson', 'csv'];
const HASH = /^[0-9a-f]{64}$/;

/** One page of the log. */
export async function auditList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get(`/admin/audit-logs${queryOf(context, [...FILTERS, ...PAGE])}`)).body;
}

/** Everything that matches, on stdout. */
export async function auditExport(context: CommandContext): Promise<typeof PRINTED> {
  const format = context.flags['format'] ?? 'ndjson';
  if (!FORMATS.includes(format)) throw new CliError(`--format takes ${FORMATS.join(' or ')}`, 2);
  await signedIn(context).download(`/admin/audit-logs.${format}${queryOf(context, FILTERS)}`, process.stdout);
  return PRINTED;
}

/**
 * The log of the database or of an exported file, and the rows that its journal is about; exit code 1 when something is wrong.
 * Trusted is what the operator or his environment gives: see `trustOf`.
 */
export async function auditVerify(context: CommandContext, [path]: readonly string[]): Promise<unknown> {
  const seal = context.flags['seal']?.toLowerCase();
  if (seal !== undefined && !HASH.test(seal))
    throw new CliError('--seal takes the 64 hex digits of a hash', 2);
  const known: KnownSeal[] = seal === undefined ? [] : [{ hash: seal, source: '--seal' }];
  const trust = await trustOf(context.flags);
  const result =
    path === undefined ? await ofDatabase(context, trust, known) : await ofFile(context, path, trust, known);
  return result.firstFinding === null ? result : new Alarm(result);
}

async function ofFile(context: CommandContext, path: string, trust: Trust, known: readonly KnownSeal[]) {
  if (!existsSync(path)) throw new CliError(`There is no file ${path}.`, 2);
  const anchors = await readAnchors(trust, null);
  const progress = (rows: number) => context.progress(`${rows} rows`);
  const anchored = anchors.known;
  return verificationOf(anchors, trust, (trusted) =>
    verifyFile(path, { trusted, known, anchored }, progress),
  );
}

async function ofDatabase(context: CommandContext, trust: Trust, known: readonly KnownSeal[]) {
  const settings = asOwner(loadDatabaseSettings(loadSource()));
  if (settings.DATABASE_URL === undefined) {
    throw new CliError('Set DATABASE_URL to the database to verify, or name an exported file.', 2);
  }
  // The database's libraries do not slow down the other commands.
  const { AuditDatabase } = await import('./audit-database.js');
  const database = await AuditDatabase.open(settings);
  try {
    const anchors = await readAnchors(trust, await database.anchors());
    const all = [...known, ...anchors.known];
    const progress = (rows: number) => context.progress(`${rows} rows`);
    return await verificationOf(anchors, trust, (keys) => database.verify(keys, all, progress));
  } finally {
    await database.close();
  }
}

async function verificationOf<V extends Verification>(
  { findings, firstKey, checked, payers }: Anchors,
  { keys }: Trust,
  verify: (keys: readonly string[]) => Promise<V>,
) {
  const trusted = keys.length === 0 && firstKey !== null ? [firstKey] : keys;
  const verification = await verify(trusted);
  const found = trusted.length === 0 ? [NOTHING_TRUSTED, ...findings] : findings;
  return { ...verification, ...withFindings(verification, found), trusted, anchors: { checked, payers } };
}

const NOTHING_TRUSTED: Finding = {
  kind: 'key_untrusted',
  rowId: null,
  sealId: null,
  detail:
    'no key is trusted: give --key, ESCROW_DB_SECRET, or --fee-payer with SOLANA_RPC_URL, whose first anchor names it',
};

function queryOf({ flags }: CommandContext, names: readonly string[]): string {
  const given = names.flatMap((name) =>
    flags[name] === undefined ? [] : [[name, flags[name]] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
