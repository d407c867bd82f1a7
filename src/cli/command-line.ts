import type { OpsCommand } from '#src/cli/session/command-support.js';
import { COMMANDS, FLAGS } from './command-table.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { DEFAULT_SESSION_FILE } from '#src/cli/session/session-file.js';

/**
 * The command that words name, and the words that are left for it.
 * @throws CliError (exit code 2) for no command, or for words that it would pass over: nobody means them that way
 */
export function findCommand(words: readonly string[]): {
  readonly name: string;
  readonly command: OpsCommand;
  readonly args: readonly string[];
} {
  const name = [2, 1].map((count) => words.slice(0, count).join(' ')).find((one) => one in COMMANDS);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    throw new CliError(`There is no command "${words.join(' ')}".\n\n${USAGE}`, 2);
  }
  const args = words.slice(name.split(' ').length);
  const surplus = args[command.args?.split(' ').length ?? 0];
  if (surplus !== undefined) {
    throw new CliError(`"${name}" takes ${command.args ?? 'nothing'}: what is "${surplus}" for?`, 2);
  }
  return { name, command, args };
}

/** Every flag that the command line takes, as `parseArgs` wants them. */
export const OPTIONS = {
  api: { type: 'string' },
  keypair: { type: 'string' },
  wallet: { type: 'string' },
  session: { type: 'string' },
  wait: { type: 'string', default: '120' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
  'dry-run': { type: 'boolean', default: false },
  'one-witness': { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'string' }] as const)),
} as const;

export const USAGE = `Usage: npm run ops -- COMMAND [flags]

${Object.entries(COMMANDS)
  .map(([name, { args, help }]) => `  ${name.padEnd(25)}${args === undefined ? help : `${args}: ${help}`}`)
  .join('\n')}

Flags
  --api URL       the API (default: that of the session, else http://localhost:3000)
  --keypair FILE  signs what the signed-in admin does (default: that of the login); without one the text is shown
                  and its signature is pasted, for example of a Ledger
  --session FILE  where the session is kept (default: ${DEFAULT_SESSION_FILE})
  --wait SECONDS  how long to follow a payout (default 120)
  --dry-run       shows what a signed act, or the sweep, would do, and does nothing
  --yes           what moves money is not asked for again; scripts need it
  --event --actor --commitment --from --to   which rows of the audit log: --event 'admin_*'
  --limit --cursor                           which page of a list
  --seal HASH     a seal known from elsewhere, which the audit log has to contain
  --key --fee-payer --rpc   what a verification trusts beside the settings
  --format ndjson|csv       of an export
  --reason --purpose        of a pause, of a failure
  --status --kind --older-than 15m   which rows of a list
  --full          of a reconciliation: everything is looked up again
  --since TIME    of recover: the time of the backup; what was paid before is left as it is
  --last-backup TIME        when the last backup was made, for the doctor
  --json          status, doctor and lists as JSON, and failures as JSON on stdout too: {"error", "exitCode", "problem"}
  --version       the version of this command line

Results are on stdout: status, doctor and lists as text, all others as JSON. Progress and failures are text on stderr.
Exit code: 0 done, 1 refused, unreachable or in need of you, 2 called wrongly, 3 not confirmed yet.
`;
