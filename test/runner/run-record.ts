import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';

/** What `npm run test:times` and `npm run test:repeat` read of a run. */
export interface RunRecord {
  readonly seconds: number;
  /** CPU time of a fixed loop before the run: what other machines are compared by. */
  readonly loopMs: number;
  readonly tests: number;
  readonly skipped: number;
  readonly failed: readonly string[];
  readonly files: readonly FileRecord[];
  readonly cases: readonly CaseRecord[];
}

/** One test that has run; what `npm run drills` measures. */
export interface CaseRecord {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  /** Without the start of its world. */
  readonly ms: number;
}

export interface FileRecord {
  readonly project: string;
  readonly file: string;
  readonly tests: number;
  /** Hooks and tests. */
  readonly ms: number;
  readonly importMs: number;
  /** Of the worker and the processes that it has waited for, as far as the system tells. */
  readonly cpuMs: number | null;
}

/** In a folder that `npm ci` empties and git ignores. */
export const RECORD_FILE = join('node_modules', '.cache', 'commit-to-ship', 'test-run.json');

/** Keeps what a run cost, tells how far it is, and ends it with one line. */
export class RunRecorder implements Reporter {
  private begun = 0;
  private loopMs = 0;
  private planned = 0;
  private done = 0;
  private lastTold = 0;

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.begun = Date.now();
    this.loopMs = loopMs();
    this.planned = specifications.length;
    this.done = 0;
  }

  onTestModuleEnd(): void {
    this.done += 1;
    const percent = Math.floor((10 * this.done) / this.planned) * 10;
    if (percent === this.lastTold || process.stdout.isTTY) return;
    this.lastTold = percent;
    say(`   ${this.done} of ${this.planned} files, ${this.seconds} s`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = cases.filter((test) => test.result().state === 'failed');
    const broken = modules.filter((module) => !module.ok() && failed.every((test) => test.module !== module));
    const again = [...failed.map(repeat), ...broken.map((module) => command(module))];
    const skipped = cases.filter((test) => test.result().state === 'skipped').length;
    const files = modules.map(fileRecord);
    const tests = cases.length - skipped;
    write({
      seconds: this.seconds,
      loopMs: this.loopMs,
      tests,
      skipped,
      failed: again,
      files,
      cases: cases.flatMap(caseRecord),
    });
    if (again.length > 1)
      say(['', 'Each failure again, alone:', ...again.map((line) => `  ${line}`)].join('\n'));
    const ran = `${tests} tests of ${files.length} files in ${this.seconds} s (loop ${this.loopMs} ms)`;
    if (again.length === 0 && unhandled.length === 0)
      say(`\nAll green: ${ran}. Where the time went: npm run test:times`);
    else
      say(`\nFAILED: ${again.length + unhandled.length} of ${ran}. Again, alone: ${again[0] ?? 'npm test'}`);
  }

  private get seconds(): number {
    return Math.round((Date.now() - this.begun) / 1_000);
  }
}

function caseRecord(test: TestCase): CaseRecord[] {
  const { state } = test.result();
  if (state === 'skipped' || state === 'pending') return [];
  const ms = Math.round(test.diagnostic()?.duration ?? 0);
  return [{ file: test.module.relativeModuleId, name: test.name, passed: state === 'passed', ms }];
}

function fileRecord(module: TestModule): FileRecord {
  const { duration, collectDuration } = module.diagnostic();
  const { cpuMs = null } = module.meta() as { cpuMs?: number };
  return {
    project: module.project.name,
    file: module.relativeModuleId,
    tests: [...module.children.allTests()].length,
    ms: Math.round(duration),
    importMs: Math.round(collectDuration),
    cpuMs,
  };
}

function repeat(test: TestCase): string {
  const pattern = test.name.replaceAll(/[.*+?^${}()|[\]\\]/g, '.').replaceAll("'", '.');
  return `${command(test.module)} -t '${pattern}'`;
}

function command({ project, relativeModuleId }: TestModule): string {
  return `npm test -- --project ${project.name} ${relativeModuleId}`;
}

/** A hundred million steps that no compiler leaves out. */
function loopMs(): number {
  const before = process.cpuUsage();
  let state = 1;
  for (let step = 0; step < 100_000_000; step += 1) state = (Math.imul(state, 31) + step) | 0;
  const { user, system } = process.cpuUsage(before);
  return state === 0 ? 0 : Math.round((user + system) / 1_000);
}

function write(record: RunRecord): void {
  mkdirSync(dirname(RECORD_FILE), { recursive: true });
  writeFileSync(RECORD_FILE, JSON.stringify(record));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
