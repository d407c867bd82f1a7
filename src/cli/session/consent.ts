import { createInterface } from 'node:readline/promises';
import { CliError } from './cli-error.js';
import type { CommandContext } from './command-support.js';

/** Ends a command that was only to be looked at; printed like a result. */
export class DryRun extends Error {
  constructor(
    readonly result: Readonly<Record<string, unknown>>,
    readonly text: string,
  ) {
    super(text);
    this.name = 'DryRun';
  }
}

/**
 * Shows what is about to move money, and has it confirmed: by --yes, or by the word `yes` of whoever sits at the terminal.
 * @throws CliError where nobody is there, or says anything else
 */
export async function consent({ yes, progress }: CommandContext, what: string): Promise<void> {
  progress(what);
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new CliError(
      'Nobody is there to confirm this. Look with --dry-run, or add --yes. Nothing was done.',
      2,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Type yes to do it: ').finally(() => terminal.close());
  if (answer.trim().toLowerCase() !== 'yes') throw new CliError('Not confirmed. Nothing was done.');
}
