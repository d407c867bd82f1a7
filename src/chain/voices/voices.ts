import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';
import type { RpcVoice } from '#src/chain/rpc/rpc-voice.js';
import {
  ChainDisagreesError,
  RpcNotConfiguredError,
  RpcUnavailableError,
  SingleSourceError,
} from '#src/chain/port/chain.errors.js';
import type { Clock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import {
  type Agreement,
  type Hearing,
  type Silence,
  type Standing,
  standingOf,
  type Word,
} from './hearing.js';
import { Silences } from './silences.js';

/** How long the others may take once the first voice has spoken: a hanging one must not hold up every payout. */
const COMPANIONS_MS = 1_000;

export interface Heard<T> {
  readonly hearing: Hearing<T>;
  readonly standing: Standing;
}

/** The one place that asks for agreement: every voice the same question at the same time, and what their answers are worth. */
export class Voices {
  readonly silences = new Silences();

  /** @param waitMs silence of the others after which one voice goes on with what heals (RPC_SECOND_VOICE_WAIT_SECONDS) */
  constructor(
    private readonly pool: RpcPool,
    private readonly clock: Clock,
    private readonly waitMs: number,
  ) {}

  /**
   * Never throws for a voice: what it could not answer is a silence.
   * @param question its kind; a provider may answer one kind and refuse another
   * @param patienceMs how long the others may take once one has spoken
   * @throws RpcNotConfiguredError
   */
  async hear<T>(
    question: string,
    work: (voice: RpcVoice) => Promise<T>,
    patienceMs = COMPANIONS_MS,
  ): Promise<Heard<T>> {
    const { voices } = this.pool;
    if (voices.length === 0) throw new RpcNotConfiguredError();
    const patience = new Patience(patienceMs);
    const answers = await Promise.all(voices.map((voice) => patience.ends(voice, () => work(voice)))).finally(
      () => patience.stop(),
    );
    const now = this.clock.now().getTime();
    const words: Word<T>[] = [];
    const silences: Silence[] = [];
    for (const { voice, ...said } of answers) {
      if ('answer' in said) {
        this.silences.heard(voice, question);
        words.push({ voice, answer: said.answer });
      } else {
        const forMs = this.silences.missed(voice, question, now);
        // A contradiction never falls back, however long it lasts.
        silences.push({ voice, reason: said.reason, forMs: said.isDisputed === true ? 0 : forMs });
      }
    }
    const hearing = { words, silences };
    return { hearing, standing: standingOf(hearing, this.waitMs) };
  }

  /**
   * What the voices agree on.
   * @param operation how the question is called in the error
   * @throws RpcUnavailableError, ChainDisagreesError, SingleSourceError
   */
  decided<T>(operation: string, { hearing }: Heard<unknown>, agreement: Agreement<T>): T {
    if ('agreed' in agreement) return agreement.agreed;
    const { kind, reason } = agreement.doubt;
    if (kind === 'contradiction') throw new ChainDisagreesError(operation, reason);
    if (hearing.words.length > 0) throw new SingleSourceError(operation, reason);
    throw new RpcUnavailableError(
      operation,
      hearing.silences.map((silent) => `${silent.voice}: ${silent.reason}`),
    );
  }
}

type Said<T> = { readonly voice: string } & (
  { readonly answer: T } | { readonly reason: string; readonly isDisputed?: boolean }
);

/** Gives up on the slower voices a while after the first one has spoken. */
class Patience {
  private timer: NodeJS.Timeout | undefined;
  private giveUp: () => void = () => undefined;
  private readonly over = new Promise<void>((resolve) => {
    this.giveUp = resolve;
  });

  constructor(private readonly companionsMs: number) {}

  async ends<T>({ name: voice, red, isDisputed }: RpcVoice, work: () => Promise<T>): Promise<Said<T>> {
    if (red !== null) return { voice, reason: red, isDisputed };
    const late = this.over.then((): Said<T> => ({ voice, reason: 'no answer in time' }));
    const said = work().then(
      (answer): Said<T> => {
        this.timer ??= setTimeout(this.giveUp, this.companionsMs);
        return { voice, answer };
      },
      (error: unknown): Said<T> => ({ voice, reason: reasonOf(error) }),
    );
    return Promise.race([said, late]);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** The endpoints' own words, where there are any. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return error instanceof RpcUnavailableError && cause instanceof Error ? messageOf(cause) : messageOf(error);
}
