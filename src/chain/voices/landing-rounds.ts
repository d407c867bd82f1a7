import { setTimeout as sleep } from 'node:timers/promises';
import type { Landing } from '#src/chain/port/chain.js';

/** Payouts in flight look at about the same moments; none of them notices so little. */
const GATHER_MS = 5;

type Read = (signatures: readonly string[], history: boolean) => Promise<Landing[]>;

interface Round {
  readonly signatures: string[];
  readonly answer: Promise<Landing[]>;
}

/** Questions after transactions of the same few milliseconds become one: the statuses of all payouts in flight cost one call a voice. */
export class LandingRounds {
  private readonly open = new Map<boolean, Round>();

  constructor(private readonly read: Read) {}

  /** One for each signature, in order. @throws what the reading throws, whoever has asked for it */
  async ask(signatures: readonly string[], history: boolean): Promise<Landing[]> {
    const round = this.open.get(history) ?? this.begin(history);
    const start = round.signatures.push(...signatures) - signatures.length;
    return (await round.answer).slice(start, start + signatures.length);
  }

  private begin(history: boolean): Round {
    const signatures: string[] = [];
    const answer = sleep(GATHER_MS).then(() => {
      this.open.delete(history);
      return this.read(signatures, history);
    });
    const round = { signatures, answer };
    this.open.set(history, round);
    return round;
  }
}
