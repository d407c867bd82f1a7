import 'reflect-metadata';
import { cpus } from 'node:os';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CASES, type SpeedCase } from './cases.js';
import { type Measured, startSpeedWorld } from './world.js';

/**
 * `npm run bench`: requests a second, beside what the bare parts do in the same run. Rounds go through all cases in turn, so that
 * a machine that slows down does so for all; a figure is the median of its rounds. Compare ratios, never runs.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    /** Commitments of each kind. */
    rows: { type: 'string', default: '2000' },
    /** Only cases whose name holds this text, and what they stand beside. */
    only: { type: 'string', default: '' },
    /** File for the figures. */
    json: { type: 'string' },
  },
});

interface Line extends Omit<Measured, 'statuses'> {
  readonly name: string;
  readonly beside?: string;
  /** Of the requests a second. */
  readonly ratio?: number;
  /** Of the processor time a request, the other way round: it holds on a busy machine as well. */
  readonly cpuRatio?: number;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

function chosen(text: string): SpeedCase[] {
  const named = CASES.filter(({ name }) => name.includes(text));
  return CASES.filter((one) => named.includes(one) || named.some(({ beside }) => beside === one.name));
}

function lineOf({ name, beside }: SpeedCase, rounds: ReadonlyMap<string, readonly Measured[]>): Line {
  const own = rounds.get(name) ?? [];
  const of = (key: 'perSecond' | 'answers' | 'p50' | 'p99' | 'cpuMs' | 'rssMb') =>
    Number(median(own.map((one) => one[key])).toFixed(2));
  const line = {
    name,
    perSecond: Math.round(of('perSecond')),
    answers: of('answers'),
    p50: of('p50'),
    p99: of('p99'),
    cpuMs: of('cpuMs'),
    rssMb: of('rssMb'),
  };
  if (beside === undefined) return line;
  const other = rounds.get(beside) ?? [];
  // Round by round: both were measured in the same seconds.
  const ratios = own.map(({ perSecond }, round) => perSecond / (other[round]?.perSecond ?? 0));
  const cpuRatios = own.map(({ cpuMs }, round) => (other[round]?.cpuMs ?? 0) / cpuMs);
  const rounded = (figures: number[]) => Number(median(figures).toFixed(2));
  return { ...line, beside, ratio: rounded(ratios), cpuRatio: rounded(cpuRatios) };
}

function refused({ statuses }: Measured): string[] {
  return Object.keys(statuses).filter((status) => !status.startsWith('2'));
}

async function main(): Promise<Line[]> {
  const world = await startSpeedWorld(Number(options.rows), {});
  const cases = chosen(options.only);
  const rounds = new Map<string, Measured[]>(cases.map(({ name }) => [name, []]));
  try {
    for (const one of cases) await one.measure(world, 3);
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const one of cases) {
        const measured = await one.measure(world, Number(options.seconds));
        if (refused(measured).length > 0)
          throw new Error(`${one.name} was answered ${JSON.stringify(measured.statuses)}`);
        rounds.get(one.name)?.push(measured);
      }
    }
  } finally {
    await world.stop();
  }
  return cases.map((one) => lineOf(one, rounds));
}

const lines = await main();
// oxlint-disable-next-line no-console
console.table(Object.fromEntries(lines.map(({ name, ...figures }) => [name, figures])));
const report = { date: new Date().toISOString(), node: process.version, cpus: cpus().length, options, lines };
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
process.exit(0);
