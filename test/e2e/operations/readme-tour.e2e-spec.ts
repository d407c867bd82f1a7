import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '#src/local/support/project-folder.js';
import { freePort } from '../../support/ports.js';
import { type Child, follow } from '../../support/processes/child.js';

const BUILD = 'npm run --silent build && ';

let home: string;
let port: number;
let dev: Child;
/** What `npm run dev` prints for each command of the tour. */
let printed: { readonly attest: string; readonly wallet: string; readonly resolve: string };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'cts-tour-'));
  port = await freePort();
  dev = run(scriptOf('dev').replace(BUILD, ''));
  const [, attest = '', wallet = ''] = await dev.line(/to attest +(\S+), wallet (\S+)/);
  const [, resolve = ''] = await dev.line(/to resolve +npm run ops -- commitments success (\S+)/);
  await dev.line(/paid already/);
  printed = { attest, wallet, resolve };
});
afterAll(async () => {
  await dev?.kill();
  rmSync(home, { recursive: true, force: true });
});

/** A command line as a newcomer's shell takes it; `open` stands for their browser. */
function run(line: string): Child {
  const browser = 'open() { curl -sfL "$1"; }; ';
  const { PATH, TMPDIR } = process.env;
  return follow(
    spawn('bash', ['-c', `${browser}${line}`], {
      cwd: projectFolder(),
      env: { PATH, TMPDIR, HOME: home, PORT: String(port), REWARD_CLAIM_DELAY_SECONDS: '60' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function scriptOf(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return scripts[name] ?? '';
}

/** The commands of the tour in README.md, one a line. */
function tour(): string[] {
  const readme = readFileSync(join(projectFolder(), 'README.md'), 'utf8');
  const [, rest = ''] = readme.split('By hand, while `npm run dev` runs.', 2);
  const [, block = ''] = /```sh\n([^]*?)```/.exec(rest) ?? [];
  const lines = block.replaceAll('\\\n', ' ').trim().split('\n');
  return lines.filter((line) => !line.startsWith('#'));
}

/** With what the banner printed, and with the port of this test: 3000 may be somebody else's. */
function filledIn(line: string): string {
  const id = line.includes('commitments success') ? printed.resolve : printed.attest;
  return line
    .replace('<ID>', id)
    .replace('<WALLET>', printed.wallet)
    .replaceAll('localhost:3000', `localhost:${port}`)
    .replace('-- login', `-- login --api http://localhost:${port}`);
}

async function answerOf(start: string): Promise<{ readonly text: string; readonly json: unknown }> {
  const line = tour().find((command) => command.startsWith(start));
  if (line === undefined) throw new Error(`the tour of README.md has no command that begins with ${start}`);
  const child = run(filledIn(line));
  expect(await child.ended, `${line}\n${child.stdout()}\n${child.stderr()}`).toBe(0);
  const text = child.stdout();
  // npm repeats the command before it runs it.
  const begin = text.search(/^\{/m);
  return { text, json: begin === -1 ? undefined : (JSON.parse(text.slice(begin)) as unknown) };
}

describe('the tour of README.md, typed while `npm run dev` runs', () => {
  it('has these commands, and a test for each', () => {
    expect(tour()).toHaveLength(6);
  });

  it('reads the example commitments', async () => {
    const { json } = await answerOf("curl -s 'localhost:3000/api/commitments");
    expect(json).toMatchObject({ items: [{ kind: 'personal' }] });
  });

  it('asks for the text to sign', async () => {
    const { json } = await answerOf('curl -s localhost:3000/api/signing-messages');
    expect(json).toMatchObject({ message: expect.stringContaining(printed.attest) as string });
  });

  it('signs in as the admin, refunds an attested commitment and sweeps', async () => {
    await answerOf('npm run ops -- login');
    const { json } = await answerOf('npm run ops -- commitments success');
    expect(json).toMatchObject({
      commitmentId: printed.resolve,
      status: expect.stringMatching(/confirmed|finalized/) as string,
    });
    expect((await answerOf('npm run ops -- commitments sweep')).json).toMatchObject({ refused: 0 });
  });

  it('opens the reader of the API document', async () => {
    expect((await answerOf('open ')).text).toContain('Commit To Ship API');
  });
});
