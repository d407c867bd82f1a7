import type { Clock } from '#src/common/clock.js';

const MOST = 1_000;

interface Kept<T> {
  readonly answer: Promise<T>;
  readonly askedAt: number;
}

/** Answers that several callers share for a moment, a question under way among them. What failed is asked anew. */
export class BriefMemory<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly clock: Clock,
    private readonly forMs: number,
  ) {}

  of(key: string, ask: () => Promise<T>): Promise<T> {
    const now = this.clock.now().getTime();
    const known = this.kept.get(key);
    if (known !== undefined && now - known.askedAt < this.forMs) return known.answer;
    if (this.kept.size >= MOST) this.kept.clear();
    const answer = ask();
    const fresh = { answer, askedAt: now };
    this.kept.set(key, fresh);
    answer.catch(() => {
      if (this.kept.get(key) === fresh) this.kept.delete(key);
    });
    return answer;
  }
}
