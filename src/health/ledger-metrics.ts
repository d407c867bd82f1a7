import { Injectable } from '@nestjs/common';
import { isFinal, KINDS, STATUSES } from '#src/commitments/commitment/commitment.js';
import { PAUSE_SCOPES } from '#src/releases/pauses/pause.js';
import { ATTEMPT_STATUSES, DRIVEN, UNFINISHED } from '#src/releases/payouts/payout.js';
import { type GaugeReading, type MetricsSource, single } from './metrics.js';
import { MetricsRepository } from './metrics.repository.js';

const PAYOUTS_MS = 5_000;
/** There may be many open ones, and they change slowly. */
const COMMITMENTS_MS = 60_000;

@Injectable()
export class LedgerMetrics implements MetricsSource {
  readonly name = 'ledger';
  readonly maxAgeMs = PAYOUTS_MS;

  constructor(private readonly counts: MetricsRepository) {}

  async read(): Promise<GaugeReading[]> {
    const payouts = await this.counts.unfinishedPayouts();
    const underWay = payouts.filter(({ status }) => (DRIVEN as readonly string[]).includes(status));
    const oldest = Math.max(0, ...underWay.map(({ oldestSeconds }) => oldestSeconds));
    const samples = samplesOf('status', UNFINISHED, payouts);
    return [
      { name: 'cts_unfinished_payouts', help: 'Payouts that are not finished, by status', samples },
      single('cts_payout_oldest_open_age_seconds', 'Age of the oldest open payout; 0 for none', oldest),
      await this.attempts(),
      await this.pauses(),
    ];
  }

  private async attempts(): Promise<GaugeReading> {
    return {
      name: 'cts_unfinished_payout_attempts',
      help: 'Transactions made so far for payouts that are not finished, by what became of them',
      samples: samplesOf('status', ATTEMPT_STATUSES, await this.counts.unfinishedAttempts()),
    };
  }

  private async pauses(): Promise<GaugeReading> {
    const samples = samplesOf('scope', PAUSE_SCOPES, await this.counts.openPauses());
    return { name: 'cts_open_pauses', help: 'Pauses of payouts that nobody has ended, by scope', samples };
  }
}

@Injectable()
export class CommitmentMetrics implements MetricsSource {
  readonly name = 'commitments';
  readonly maxAgeMs = COMMITMENTS_MS;

  constructor(private readonly counts: MetricsRepository) {}

  async read(): Promise<GaugeReading[]> {
    const commitments = await this.counts.openCommitments();
    const samples = KINDS.flatMap((kind) =>
      STATUSES.filter((status) => !isFinal(kind, status)).map((status) => {
        const found = commitments.find((one) => one.kind === kind && one.status === status);
        return { labels: { kind, status }, value: found?.count ?? 0 };
      }),
    );
    return [{ name: 'cts_open_commitments', help: 'Commitments that are not settled, by kind', samples }];
  }
}

/** One for each value of the label, 0 where nothing was counted. */
function samplesOf<L extends string>(
  label: L,
  values: readonly string[],
  counted: readonly ({ readonly [Key in L]: string } & { readonly count: number })[],
): GaugeReading['samples'] {
  return values.map((value) => ({
    labels: { [label]: value },
    value: counted.find((one) => one[label] === value)?.count ?? 0,
  }));
}
