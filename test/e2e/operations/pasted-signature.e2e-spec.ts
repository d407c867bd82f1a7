import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '#src/local/support/project-folder.js';
import { type Form, signText } from '../../support/builders/personal.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { follow } from '../../support/processes/child.js';
import { AppWorld } from '../../support/worlds/app-world.js';

/** An admin whose key never comes near this computer: a hardware wallet, a phone. */
const stranger = TestWallet.generate();
let world: AppWorld;
let folder: string;
beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  folder = mkdtempSync(join(tmpdir(), 'cts-pasted-'));
});
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command, signs the text that it shows, and pastes the signature. */
async function pasted(args: readonly string[], sign: (text: string) => string) {
  const script = join(projectFolder(), 'dist/src/cli/ops.js');
  const child = follow(
    spawn(process.execPath, [script, ...args, '--session', join(folder, 'session.json')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
  await pollUntil('the text to be shown', () => child.stderr().includes('Paste the base58 signature here'));
  const text = readFileSync(join(folder, 'message.txt'), 'utf8');
  expect(child.stderr()).toContain(`\n${text}\n`);
  child.process.stdin?.end(`${sign(text)}\n`);
  const code = await child.ended;
  return { code, out: child.stdout(), err: child.stderr(), text };
}

const loginOf = (sign: (text: string) => string) =>
  pasted(['login', '--wallet', world.admin.address, '--api', world.url], sign);

describe('ops with a wallet that is elsewhere', () => {
  it.each<[Form, string]>([
    ['plain', 'personal_success'],
    ['v0', 'personal_failure'],
    ['v1', 'milestone_release'],
  ])('signs in and acts by pasted signatures, %s', async (form, purpose) => {
    const sign = (text: string) => signText(world.admin, text, form);
    expect(await loginOf(sign)).toMatchObject({ code: 0, out: expect.stringContaining(world.admin.address) });
    const reason = `by a pasted signature, ${form}`;
    const { code, out, text } = await pasted(
      ['pauses', 'create', '--reason', reason, '--purpose', purpose],
      sign,
    );
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(reason) });
    expect(text).toContain('admin.pause.create');
    const [act] = await world.sql<{ text: string; envelope: string }>(
      `SELECT text, envelope FROM signed_acts WHERE text LIKE '%' || $1 || '%'`,
      [reason],
    );
    // What was shown is what is kept as evidence.
    expect(act?.text).toBe(text);
    expect(act?.envelope === 'text').toBe(form === 'plain');
  });

  it('does nothing by a signature of somebody else, or by none', async () => {
    const before = await world.sql('SELECT 1 FROM signed_acts');
    const forged = await loginOf((text) => signText(stranger, text));
    expect(forged).toMatchObject({ code: 1, err: expect.stringContaining('signature') });
    expect((await loginOf(() => '')).code).toBe(2);
    expect(await world.sql('SELECT 1 FROM signed_acts')).toEqual(before);
  });
});
