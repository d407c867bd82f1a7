import { parseArgs } from 'node:util';
import { CliError } from './cli-error.js';
import type { Command, CommandContext } from './command-support.js';
import * as money from './money-commands.js';
import { printable } from './printable.js';
import * as service from './service-commands.js';
import * as session from './session-commands.js';
import { DEFAULT_SESSION_FILE } from './session-file.js';

const COMMANDS: Readonly<Record<string, { readonly run: Command; readonly help: string }>> = {
  login: { run: session.login, help: 'sign in with a Solana keypair file (--keypair FILE)' },
  logout: { run: session.logout, help: 'end the session' },
  whoami: { run: session.whoami, help: 'who is signed in, and until when' },
  'commitments show': { run: money.commitmentShow, help: 'ID: one commitment' },
  'commitments success': {
    run: money.commitmentSuccess,
    help: 'ID: resolve as a success; waits for the payment',
  },
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
  jobs: { run: service.jobsShow, help: 'last runs of every job' },
  'rpc check': { run: service.rpcCheck, help: 'what the endpoints of SOLANA_RPC_URL can do' },
};

const USAGE = `Usage: npm run ops -- COMMAND [flags]

${Object.entries(COMMANDS)
  .map(([name, { help }]) => `  ${name.padEnd(25)}${help}`)
  .join('\n')}

Flags
  --api URL       the API (default: that of the session, else http://localhost:3000)
  --session FILE  where the session is kept (default: ${DEFAULT_SESSION_FILE})
  --wait SECONDS  how long to follow a payout (default 120)

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
  process.stdout.write(`${JSON.stringify(result, printable, 2)}\n`);
  return 0;
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
    progress: (line) => void process.stderr.write(`${line}\n`),
  };
}

function fail(error: unknown): number {
  const known = error instanceof CliError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  return known ? error.exitCode : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch(fail);
