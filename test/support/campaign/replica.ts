import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ApiProcess, startApi } from '#src/local/api-process.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { freePort } from '../ports.js';

const LOG_CHARACTERS = 6_000;

export interface ReplicaOptions {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the file of its clock stands. */
  readonly folder: string;
  readonly readyWithinMs: number;
}

/** One process of the service under a supervisor: whatever ends it, it is started again at the same address. */
export class Replica {
  /** How often a start was tried in vain, as while the database is away. */
  startsInVain = 0;
  private api: ApiProcess | undefined;
  private running: Promise<void> | undefined;
  private wanted = true;
  private said = '';

  private constructor(
    private readonly options: ReplicaOptions,
    private readonly port: number,
  ) {}

  static async start(options: ReplicaOptions): Promise<Replica> {
    const replica = new Replica(options, await freePort());
    replica.jump(0);
    await replica.revive();
    return replica;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on its clock is off by so much. */
  jump(milliseconds: number): void {
    writeFileSync(this.clockFile, String(milliseconds));
  }

  /** kill -9, or SIGTERM; not while it is being started. */
  async end(how: 'kill' | 'stop'): Promise<void> {
    const { api } = this;
    this.api = undefined;
    if (api === undefined) return;
    await api[how]();
    this.said = `${this.said}${api.log()}`.slice(-LOG_CHARACTERS);
  }

  /** It gets no time to run, and knows nothing of that. */
  freeze(): void {
    if (this.api) process.kill(this.api.pid, 'SIGSTOP');
  }

  thaw(): void {
    if (this.api) process.kill(this.api.pid, 'SIGCONT');
  }

  /** Runs when this resolves. Harmless to repeat. */
  async revive(): Promise<void> {
    this.running ??= this.startUntilUp().finally(() => (this.running = undefined));
    await this.running;
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.running;
    await this.end('kill');
  }

  /** The lines of its present run that hold this text. */
  linesWith(text: string): string[] {
    return (this.api?.log() ?? '').split('\n').filter((line) => line.includes(text));
  }

  log(): string {
    return `${this.options.name}:\n${`${this.said}${this.api?.log() ?? ''}`.slice(-LOG_CHARACTERS)}`;
  }

  private async startUntilUp(): Promise<void> {
    while (this.api === undefined && this.wanted) {
      try {
        this.api = await startApi({
          env: this.environment(),
          port: this.port,
          readyWithinMs: this.options.readyWithinMs,
        });
        void this.forgetAtEnd(this.api);
      } catch (error) {
        this.startsInVain += 1;
        this.said = `${this.said}${String(error)}\n`.slice(-LOG_CHARACTERS);
      }
    }
  }

  private async forgetAtEnd(api: ApiProcess): Promise<void> {
    await api.ended;
    if (this.api === api) this.api = undefined;
  }

  private environment(): Record<string, string> {
    const preload = pathToFileURL(join(projectFolder(), 'test/support/campaign/clock-shift.mjs')).href;
    return {
      ...this.options.env,
      NODE_OPTIONS: `--import=${preload}`,
      CTS_TEST_CLOCK_FILE: this.clockFile,
    };
  }

  private get clockFile(): string {
    return join(this.options.folder, `${this.options.name}.clock`);
  }
}
