import { Random } from '../random.js';

/** What a campaign does and when, from its seed alone: the same seed is the same plan. Nothing here runs anything. */

/** What a network does to whoever stands behind it. */
export const NETWORK = ['delay', 'freeze', 'reset', 'down'] as const;
export type NetworkKind = (typeof NETWORK)[number];

/** What the service talks to, each behind a proxy of its own. */
export const PARTNERS = ['database', 'rpc-1', 'rpc-2', 'privy', 'jupiter', 'supabase', 'webhook'] as const;
export type Partner = (typeof PARTNERS)[number];

/** What needs a database server of the campaign's own. */
export const SERVER_KINDS = ['restart', 'crash', 'failover', 'full'] as const;
const REPLICA_KINDS = ['kill', 'end', 'freeze', 'clock'] as const;

export type FaultKind =
  NetworkKind | 'lie' | 'reorder' | (typeof SERVER_KINDS)[number] | (typeof REPLICA_KINDS)[number];

export const STORIES = ['success', 'failure', 'release', 'distribution', 'avatar'] as const;
export type StoryKind = (typeof STORIES)[number];

export interface Fault {
  readonly atMs: number;
  /** It is over after so long; what is an instant (a reset, a restart) has an end as well, and does nothing then. */
  readonly forMs: number;
  readonly kind: FaultKind;
  /** A partner, or `replica-1` and so on. */
  readonly target: string;
  /** Milliseconds of a delay or of a clock's jump; else a seed for what is left to chance. */
  readonly size: number;
}

export interface Story {
  readonly atMs: number;
  readonly kind: StoryKind;
  readonly seed: number;
}

export interface Plan {
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly stories: readonly Story[];
}

export interface Frame {
  readonly seconds: number;
  readonly replicas: number;
  /** Restarts, failovers and a full disk too. */
  readonly ownServer: boolean;
  /** A story begins every so many seconds. */
  readonly storyEverySeconds: number;
  /** Faults of these names alone, `kind` or `target` or `target.kind`; all where it is empty. */
  readonly only?: readonly string[];
}

interface Lane {
  readonly target: string;
  readonly kinds: readonly FaultKind[];
  /** Between the end of a fault and the next one. */
  readonly gapMs: readonly [number, number];
  readonly lastsMs: readonly [number, number];
}

const BRIEF = [200, 4_000] as const;

/** Faults of one lane follow one another; those of different lanes meet as chance has it. */
export function lanesOf({ replicas, ownServer }: Frame): readonly Lane[] {
  const rpc: readonly FaultKind[] = [...NETWORK, 'lie', 'lie', 'lie', 'reorder'];
  const lane = (target: Partner, kinds: readonly FaultKind[], gap: readonly [number, number]): Lane => ({
    target,
    kinds,
    gapMs: gap,
    lastsMs: BRIEF,
  });
  const server: readonly FaultKind[] = ownServer ? SERVER_KINDS : [];
  return [
    lane('database', [...NETWORK, ...server], [1_000, 6_000]),
    lane('rpc-1', rpc, [300, 4_000]),
    lane('rpc-2', rpc, [300, 4_000]),
    lane('privy', [...NETWORK, 'lie'], [500, 5_000]),
    lane('jupiter', [...NETWORK, 'lie'], [500, 5_000]),
    lane('supabase', [...NETWORK, 'lie'], [1_000, 6_000]),
    lane('webhook', [...NETWORK, 'lie'], [1_000, 6_000]),
    ...Array.from({ length: replicas }, (_, index): Lane => {
      const target = `replica-${index + 1}`;
      return { target, kinds: REPLICA_KINDS, gapMs: [1_500, 10_000], lastsMs: [500, 5_000] };
    }),
  ];
}

/** Whether a fault is among those that are asked for. */
export function isWanted({ kind, target }: Pick<Fault, 'kind' | 'target'>, only: readonly string[] = []) {
  const names = [kind, target, `${target}.${kind}`];
  return only.length === 0 || names.some((name) => only.includes(name));
}

export function planOf(seed: number, frame: Frame): Plan {
  const faults = lanesOf(frame)
    .flatMap((lane, index) => faultsOf(lane, new Random(seed * 31 + index), frame.seconds * 1_000))
    .filter((fault) => isWanted(fault, frame.only))
    .toSorted((a, b) => a.atMs - b.atMs);
  return { seed, faults, stories: storiesOf(new Random(seed * 31 - 1), frame) };
}

function faultsOf({ target, kinds, gapMs, lastsMs }: Lane, random: Random, endMs: number): Fault[] {
  const between = ([low, high]: readonly [number, number]) => low + random.below(high - low);
  const faults: Fault[] = [];
  for (let atMs = between(gapMs); ;) {
    const kind = random.pick(kinds);
    const forMs = between(lastsMs);
    const size = sizeOf(kind, random);
    if (atMs + forMs > endMs) return faults;
    faults.push({ atMs, forMs, kind, target, size });
    atMs += forMs + between(gapMs);
  }
}

function sizeOf(kind: FaultKind, random: Random): number {
  if (kind === 'delay') return 20 + random.below(1_500);
  if (kind !== 'clock') return random.below(2 ** 31);
  // Seconds mostly, now and then further than any signed message lives.
  const reach = random.chance(0.3) ? 1_800_000 : 90_000;
  return random.below(2 * reach) - reach;
}

/** Each kind in turn, in an order of the seed's own, so that a short campaign has each of them. */
function storiesOf(random: Random, { seconds, storyEverySeconds }: Frame): Story[] {
  const first = random.below(STORIES.length);
  const stories: Story[] = [];
  for (let atMs = 0; atMs < seconds * 1_000; atMs += storyEverySeconds * 1_000) {
    const kind = STORIES[(first + stories.length) % STORIES.length] ?? 'success';
    stories.push({ atMs: atMs + random.below(1_000), kind, seed: random.below(2 ** 31) });
  }
  return stories;
}

/** `rpc-1.lie 12, webhook.down 3`: how often a plan does what. */
export function countsOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
