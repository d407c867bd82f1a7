/** Questions further apart than this say nothing about the time between them. */
const GAP_MS = 10 * 60_000;

interface Missed {
  readonly first: number;
  readonly last: number;
}

/** Since when each voice has not answered each kind of question. In this process's memory: a restart waits anew. */
export class Silences {
  private readonly since = new Map<string, Missed>();

  heard(voice: string, question: string): void {
    this.since.delete(keyOf(voice, question));
  }

  /** @returns milliseconds since the first question of this kind that stayed unanswered, with no long gap between them */
  missed(voice: string, question: string, now: number): number {
    const key = keyOf(voice, question);
    const known = this.since.get(key);
    const first = known === undefined || now - known.last > GAP_MS ? now : known.first;
    this.since.set(key, { first, last: now });
    return Math.max(0, now - first);
  }

  /** From first to last: the longest silence of each voice about anything that was asked lately, by voice, in milliseconds. */
  longest(now: number): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [key, { first, last }] of this.since) {
      if (now - last > GAP_MS) continue;
      const [voice = ''] = key.split(SEPARATOR);
      found.set(voice, Math.max(found.get(voice) ?? 0, last - first));
    }
    return found;
  }
}

const SEPARATOR = '\n';

function keyOf(voice: string, question: string): string {
  return `${voice}${SEPARATOR}${question}`;
}
