import { parseArgs } from 'node:util';
import { FLAGS as AUDIT_FLAGS } from './audit-flags.js';
import { CliError } from './cli-error.js';
import * as escrow from './escrow-commands.js';
import { Alarm, type Command, type CommandContext } from './command-support.js';
import * as money from './money-commands.js';
import * as pauses from './pause-commands.js';
import { printable } from './printable.js';
import { DEFAULT_SESSION_FILE } from './session-file.js';
import * as webhooks from './webhook-commands.js';

// What needs the settings, the database or the chain is loaded when it is asked for: the other commands answer at once.
const audit = () => import('./audit-commands.js');
const feePayer = () => import('./fee-payer-commands.js');
const privy = () => import('./privy-commands.js');
const service = () => import('./service-commands.js');
const session = () => import('./session-commands.js');

function later<M>(load: () => Promise<M>, pick: (commands: M) => Command): Command {
  return async (context, args) => pick(await load())(context, args);
}

/** Flags of single commands. */
const FLAGS: readonly string[] = [...new Set([...AUDIT_FLAGS, ...pauses.FLAGS])];

const COMMANDS: Readonly<Record<string, { readonly run: Command; readonly help: string }>> = {
  login: {
    run: later(session, (commands) => commands.login),
    help: 'sign in with a Solana keypair file (--keypair FILE)',
  },
  logout: { run: later(session, (commands) => commands.logout), help: 'end the session' },
  whoami: { run: later(session, (commands) => commands.whoami), help: 'who is signed in, and until when' },
  'commitments show': { run: money.commitmentShow, help: 'ID: one commitment' },
  'commitments success': {
    run: money.commitmentSuccess,
    help: 'ID: resolve as a success; waits for the payment',
  },
  'commitments failure': {
    run: money.commitmentFailure,
    help: 'ID: resolve as a failure; waits for the payment',
  },
  'commitments sweep': { run: money.commitmentsSweep, help: 'end all that passed their deadline unattested' },
  'stray list': { run: money.strayList, help: 'money that came after the settlement' },
  'stray forward': { run: money.strayForward, help: 'ID: pay it to destinationOnFail; waits for it' },
  'rewards normalize': { run: money.rewardNormalize, help: '[COMMITMENT_ID]: unlock what is due now' },
  'rewards release': {
    run: money.rewardRelease,
    help: 'COMMITMENT_ID MILESTONE_ID: pay a milestone; waits for it',
  },
  'distributions show': {
    run: money.distributionShow,
    help: 'COMMITMENT_ID: who gets what of a failure',
  },
  'distributions unclaimed': { run: money.unclaimedShares, help: 'failures with unclaimed shares' },
  'payouts show': { run: money.payoutShow, help: 'ID: one payout with every attempt' },
  'payouts retry': { run: money.payoutRetry, help: 'ID: take a stopped payout up again' },
  'locks list': { run: money.locksList, help: 'releases under way' },
  'locks clear': { run: money.locksClear, help: 'COMMITMENT_ID MILESTONE_ID: give up what cannot land' },
  'escrow-keys show': { run: escrow.escrowKeysShow, help: 'escrow keys by the secret that sealed them' },
  'escrow-keys rotate': {
    run: escrow.escrowKeysRotate,
    help: 'seal all with the newest ESCROW_DB_SECRET; follows it to the end',
  },
  'escrow-keys check': { run: escrow.escrowKeysCheck, help: 'open every escrow key, compare its address' },
  'webhooks status': { run: webhooks.webhooksStatus, help: 'where audit events go, and what waits' },
  'webhooks list': {
    run: webhooks.webhooksList,
    help: '[pending|delivered|undeliverable]: newest deliveries',
  },
  'webhooks resend': { run: webhooks.webhooksResend, help: 'ID: send one again' },
  'webhooks enable': { run: webhooks.webhooksEnable, help: 'send again after the receiver answered 410' },
  'webhooks test': { run: webhooks.webhooksTest, help: 'send an event that means nothing' },
  'audit list': {
    run: later(audit, (commands) => commands.auditList),
    help: 'rows of the audit log, newest first (filters below)',
  },
  'audit export': {
    run: later(audit, (commands) => commands.auditExport),
    help: 'all matching rows on stdout, oldest first (--format ndjson or csv)',
  },
  'audit verify': {
    run: later(audit, (commands) => commands.auditVerify),
    help: '[FILE]: is every row as it was sealed? Of DATABASE_URL, or of an export (--seal HASH)',
  },
  'pauses list': { run: pauses.pausesList, help: 'what is paused' },
  'pauses create': {
    run: pauses.pausesCreate,
    help: '--reason TEXT [--commitment ID | --purpose PURPOSE]: stop payouts, all unless told otherwise',
  },
  'pauses end': { run: pauses.pausesEnd, help: 'ID: let them go on' },
  'fee-payer show': {
    run: later(feePayer, (commands) => commands.feePayerShow),
    help: 'who pays the fees, and what it holds',
  },
  'fee-payer check': {
    run: later(feePayer, (commands) => commands.feePayerCheck),
    help: 'try ESCROW_FEE_PAYER_SECRET_KEY out; moves nothing',
  },
  jobs: { run: later(service, (commands) => commands.jobsShow), help: 'last runs of every job' },
  'supabase check': {
    run: later(service, (commands) => commands.supabaseCheck),
    help: 'whether SUPABASE_SERVICE_ROLE_KEY can sign avatar uploads',
  },
  'rpc check': {
    run: later(service, (commands) => commands.rpcCheck),
    help: 'what the endpoints of SOLANA_RPC_URL can do',
  },
  'privy check': {
    run: later(privy, (commands) => commands.privyCheck),
    help: '[WALLET_ID]: PRIVY_APP_SECRET works; a wallet signs, nothing moves',
  },
};

const USAGE = `Usage: npm run ops -- COMMAND [flags]

${Object.entries(COMMANDS)
  .map(([name, { help }]) => `  ${name.padEnd(25)}${help}`)
  .join('\n')}

Flags
  --api URL       the API (default: that of the session, else http://localhost:3000)
  --session FILE  where the session is kept (default: ${DEFAULT_SESSION_FILE})
  --wait SECONDS  how long to follow a payout (default 120)
  --event --actor --commitment --from --to   which rows of the audit log: --event 'admin_*'
  --limit --cursor                           which page of a list
  --seal HASH     a seal known from elsewhere, which the audit log has to contain

Results are JSON on stdout. Exit code: 0 done, 1 refused or unreachable, 2 called wrongly, 3 not confirmed yet.
`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  if (values.help || positionals.length === 0) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const name = [2, 1].map((words) => positionals.slice(0, words).join(' ')).find((one) => one in COMMANDS);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    throw new CliError(`There is no command "${positionals.join(' ')}".\n\n${USAGE}`, 2);
  }
  const result = await command.run(contextOf(values), positionals.slice(name.split(' ').length));
  const shown: unknown = result instanceof Alarm ? result.result : result;
  if (shown !== undefined) process.stdout.write(`${JSON.stringify(shown, printable, 2)}\n`);
  return result instanceof Alarm ? 1 : 0;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        api: { type: 'string' },
        keypair: { type: 'string' },
        session: { type: 'string' },
        wait: { type: 'string', default: '120' },
        help: { type: 'boolean', short: 'h', default: false },
        ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'string' }] as const)),
      },
    });
  } catch (error) {
    throw new CliError(`${(error as Error).message}\n\n${USAGE}`, 2);
  }
}

function contextOf(values: ReturnType<typeof parse>['values']): CommandContext {
  if (values.api !== undefined && !URL.canParse(values.api)) throw new CliError('--api takes a URL', 2);
  if (!/^\d{1,5}$/.test(values.wait)) throw new CliError('--wait takes seconds', 2);
  return {
    api: values.api?.replace(/\/+$/, ''),
    sessionFile: values.session ?? DEFAULT_SESSION_FILE,
    keypair: values.keypair,
    waitSeconds: Number(values.wait),
    flags: Object.fromEntries(
      FLAGS.map((name) => [name, (values as Record<string, unknown>)[name] as string | undefined]),
    ),
    progress: (line) => void process.stderr.write(`${line}\n`),
  };
}

function fail(error: unknown): number {
  const known = error instanceof CliError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  return known ? error.exitCode : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch(fail);
