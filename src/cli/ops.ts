#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { VERSION } from '#config/version.js';
import { DONE_SENTENCES } from '#src/cli/commands/done-sentences.js';
import { findCommand, OPTIONS, USAGE } from '#src/cli/command-line.js';
import { FLAGS } from '#src/cli/command-table.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { DryRun } from '#src/cli/session/consent.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Alarm, type CommandContext, PRINTED, Told } from '#src/cli/session/command-support.js';
import { printable } from '#src/cli/text/printable.js';
import { DEFAULT_SESSION_FILE } from '#src/cli/session/session-file.js';

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  if (values.version) {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (values.help || positionals.length === 0) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const { name, command, args } = findCommand(positionals);
  if (values['dry-run'] && command.dryRun !== true)
    throw new CliError(`"${name}" takes no --dry-run; nothing was done.`, 2);
  const result = await command.run(contextOf(values), args).catch(dryRun);
  if (result === PRINTED) return 0;
  const shown: unknown = result instanceof Alarm ? result.result : result;
  process.stdout.write(`${shownAs(name, shown, values.json)}\n`);
  const sentence =
    shown instanceof Told ? undefined : DONE_SENTENCES[name]?.(shown as Record<string, unknown>);
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
  return result instanceof Alarm ? 1 : 0;
}

function dryRun(error: unknown): Told {
  if (error instanceof DryRun) return new Told(error.result, error.text);
  throw error;
}

function shownAs(name: string, shown: unknown, asJson: boolean): string {
  if (shown instanceof Told) return asJson ? shownAs(name, shown.result, true) : shown.text;
  return JSON.stringify(isEmpty(shown) ? { done: name } : shown, printable, 2);
}

/** Some routes answer nothing: a command that has done its work says so. */
function isEmpty(result: unknown): boolean {
  return result === undefined || (typeof result === 'object' && JSON.stringify(result, printable) === '{}');
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: OPTIONS,
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
    wallet: values.wallet,
    waitSeconds: Number(values.wait),
    yes: values.yes,
    dryRun: values['dry-run'],
    flags: {
      ...Object.fromEntries(
        FLAGS.map((name) => [name, (values as Record<string, unknown>)[name] as string | undefined]),
      ),
      ...(values['one-witness'] ? { 'one-witness': 'yes' } : {}),
      ...(values.full ? { full: 'yes' } : {}),
    },
    progress: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Never a stack: whoever reads this operates the service, and does not work on it. */
function fail(error: unknown): number {
  const exitCode = error instanceof CliError ? error.exitCode : 1;
  const text = messageOf(error);
  if (process.argv.includes('--json')) {
    const problem = error instanceof CliError ? error.problem : undefined;
    process.stdout.write(`${JSON.stringify({ error: text, exitCode, problem }, printable, 2)}\n`);
  } else {
    process.stderr.write(`${text}\n`);
  }
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2)).catch(fail);
