/** One number, or one for each combination of labels. */
export interface GaugeReading {
  /** Begins with `cts_`; the unit is its last word, or `total` where it only ever grows. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** A metric with one value and no labels. */
export function single(name: string, help: string, value: number): GaugeReading {
  return { name, help, samples: [{ value }] };
}

/** A part of the service that has numbers to show in /metrics. Nothing secret: anybody may read them. */
export interface MetricsSource {
  readonly name: string;
  /** How long a reading serves, in milliseconds, however often it is asked for. */
  readonly maxAgeMs: number;
  /** May throw: its numbers are then left out, and `cts_metrics_source_up` of it is 0. */
  read(): Promise<readonly GaugeReading[]>;
}

/** The sources that /metrics asks; METRICS_SOURCES of health.module.ts lists them. */
export abstract class MetricsSources {
  abstract readonly all: readonly MetricsSource[];
}
