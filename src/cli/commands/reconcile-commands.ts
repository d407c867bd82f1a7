import {
  Alarm,
  type Command,
  type CommandContext,
  signedIn,
  Told,
} from '#src/cli/session/command-support.js';

interface Line {
  readonly commitmentId?: string;
  readonly subject: string;
  readonly state: string;
  readonly ledgerLamports: number;
  readonly chainLamports: number;
  readonly finding: boolean;
  readonly detail?: string;
}

interface Run {
  readonly id: string;
  readonly lines: number;
  readonly findings: number;
  readonly ledgerLamports: number;
  readonly chainLamports: number;
  readonly items: readonly Line[];
}

/** Compares ledger and chain. Ends with exit code 1 when somebody has to look. */
export function reconcile(kind: 'escrow_balances' | 'admin_actions'): Command {
  return async (context: CommandContext) => {
    const { commitment, full } = context.flags;
    context.progress(`comparing ledger and chain: ${kind.replace('_', ' ')} ...`);
    const body = {
      kind,
      full: full !== undefined,
      ...(commitment === undefined ? {} : { commitmentId: commitment }),
    };
    const answer = await signedIn(context).post('/admin/reconciliations', body);
    const run = answer.body as unknown as Run;
    const told = new Told(run, pageOf(run));
    return run.findings > 0 ? new Alarm(told) : told;
  };
}

function pageOf({ id, items, findings, ...run }: Run): string {
  const states = [...new Set(items.map(({ state }) => state))].toSorted();
  const counts = states.map((state) => {
    const of = items.filter((line) => line.state === state);
    const sum = (amount: (line: Line) => number) => of.reduce((all, line) => all + amount(line), 0);
    return [state, of.length, sum((line) => line.ledgerLamports), sum((line) => line.chainLamports)];
  });
  const total = ['all', run.lines, run.ledgerLamports, run.chainLamports];
  const found = items.filter(({ finding }) => finding);
  return [
    ...[['state', 'lines', 'ledger lamports', 'chain lamports'], ...counts, total].map(rowOf),
    '',
    findings === 0 ? `nothing to look at (run ${id})` : `${findings} to look at (run ${id}):`,
    ...found.map(
      (line) => `  ${line.state} ${line.subject}${line.detail === undefined ? '' : `: ${line.detail}`}`,
    ),
  ].join('\n');
}

function rowOf([state, ...numbers]: readonly (string | number)[]): string {
  return `${String(state).padEnd(16)}${numbers.map((number) => String(number).padStart(18)).join('')}`;
}
