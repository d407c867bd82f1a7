import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findCommand, OPTIONS, USAGE } from '#src/cli/command-line.js';
import { commandLines, commandsIn, opsArguments, type WrittenCommand } from './command-lines.js';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

const documents = [
  'README.md',
  'RUNBOOK.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true })
    .map((name) => `docs/${String(name)}`)
    .filter((name) => name.endsWith('.md')),
].map((path) => ({ path, commands: commandsIn(readFileSync(path, 'utf8')) }));

function faultsOf(faultOf: (command: WrittenCommand) => string | undefined): string[] {
  return documents.flatMap(({ path, commands }) =>
    commands.flatMap((command) => {
      const fault = faultOf(command);
      return fault === undefined ? [] : [`${path}:${command.line} ${command.words.join(' ')}: ${fault}`];
    }),
  );
}

/** What the command line itself has against it. */
function opsFault({ words, isBlock }: WrittenCommand): string | undefined {
  const args = opsArguments(words);
  // The function that the runbook defines, and a mention of the program.
  if (args === undefined || args.includes('$@') || args.length === 0) return undefined;
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    if (positionals.length === 0) return values.help || values.version ? undefined : 'no command';
    const { command, args: given } = findCommand(positionals);
    const needed = (command.args ?? '').split(' ').filter((name) => /^[A-Z]/.test(name));
    return isBlock && given.length < needed.length ? `it needs ${command.args}` : undefined;
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0];
  }
}

/** `npm run NAME` of a script that does not exist. */
function npmFault({ words: [program, verb, ...rest] }: WrittenCommand): string | undefined {
  if (program !== 'npm' || verb !== 'run') return undefined;
  const name = rest.find((word) => !word.startsWith('-'));
  return name === undefined || name in scripts ? undefined : `package.json has no script "${name}"`;
}

describe('the commands in the documents', () => {
  it('of ops are commands, words and flags that it takes', () => {
    expect(faultsOf(opsFault)).toEqual([]);
  });

  it('of npm are scripts of package.json', () => {
    expect(faultsOf(npmFault)).toEqual([]);
  });

  it('need SQL nowhere but in the appendix of the runbook', () => {
    const text = readFileSync('RUNBOOK.md', 'utf8');
    const appendix = text.slice(0, text.indexOf('\n## Appendix: emergency SQL')).split('\n').length;
    const sql = documents
      .filter(({ path }) => path === 'RUNBOOK.md')
      .flatMap(({ commands }) => commands.filter(({ words: [program] }) => program === 'psql'));
    expect(sql.length).toBeGreaterThan(0);
    expect(sql.filter(({ line }) => line < appendix)).toEqual([]);
    expect(text.slice(0, text.indexOf('\n## Appendix: emergency SQL'))).not.toMatch(
      /\bSELECT\b|\bDELETE FROM\b/,
    );
  });

  it('are found: the runbook has many', () => {
    const runbook = documents.find(({ path }) => path === 'RUNBOOK.md')?.commands ?? [];
    expect(runbook.filter(({ words }) => opsArguments(words)).length).toBeGreaterThan(60);
  });
});

describe('a command in a document', () => {
  it('is taken apart as a shell does', () => {
    expect(
      commandLines(`A=1 B="x y" ops pauses create --reason "a; b" && ops whoami # not ops this`),
    ).toEqual([
      ['ops', 'pauses', 'create', '--reason', 'a; b'],
      ['ops', 'whoami'],
    ]);
    expect(commandLines(`psql "$URL" -c 'SELECT 1;'\nnpm run x`)).toEqual([
      ['psql', '$URL', '-c', 'SELECT 1;'],
      ['npm', 'run', 'x'],
    ]);
  });

  it.each([
    ['ops payouts forget ID', /no command/],
    ['ops payouts show ID ID', /takes ID/],
    ['ops jobs now', /takes nothing/],
    ['ops whoami --loud', /Unknown option/],
    ['npx commit-to-ship payouts show', /needs ID/],
    ['docker compose exec api-1 node dist/src/cli/ops.js nothing', /no command/],
  ])('%s is found to be wrong', (line, fault) => {
    const [words = []] = commandLines(line);
    expect(opsFault({ line: 1, words, isBlock: true })).toMatch(fault);
  });
});

describe('ops --help', () => {
  it('names every flag', () => {
    expect(Object.keys(OPTIONS).filter((name) => name !== 'help' && !USAGE.includes(`--${name}`))).toEqual(
      [],
    );
  });
});
