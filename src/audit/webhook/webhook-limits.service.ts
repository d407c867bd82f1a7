import { Injectable } from '@nestjs/common';

/** What one slow receiver may cost. */
@Injectable()
export class WebhookLimits {
  /** From the begin of an attempt to the status line of its answer. */
  readonly timeoutMs: number = 15_000;
  /** Attempts under way at once, of one process. */
  readonly concurrency: number = 8;
  /** Length of a run, well below three periods of its job: an attempt that takes longer goes on after it. */
  readonly runMs: number = 8_000;
}
