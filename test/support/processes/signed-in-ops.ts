import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWallet } from '../builders/wallets.js';
import { type Outcome, runOps } from './ops-command.js';

/** The command line of one admin, in a home of its own. */
export class SignedInOps {
  readonly folder = mkdtempSync(join(tmpdir(), 'cts-ops-'));
  readonly session = join(this.folder, 'session.json');

  constructor(
    private readonly api: string,
    private readonly admin: TestWallet,
  ) {}

  async login(): Promise<void> {
    const keypair = join(this.folder, 'admin.json');
    writeFileSync(keypair, this.admin.toJson(), { mode: 0o600 });
    const { code, err } = await this.run('login', '--keypair', keypair, '--api', this.api);
    if (code !== 0) throw new Error(err);
  }

  run(...args: string[]): Promise<Outcome> {
    return this.runWith({}, ...args);
  }

  /** The same with settings of the service. */
  runWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Outcome> {
    return runOps(this.folder, [...args, '--session', this.session], env);
  }

  /** What a command with --json prints, whatever its exit code. */
  async json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    return JSON.parse((await this.run(...args, '--json')).out) as T;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
