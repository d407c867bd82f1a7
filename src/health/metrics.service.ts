import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '#src/common/time/within.js';
import { Clock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import { type GaugeReading, type MetricsSource, MetricsSources } from './metrics.js';

/** A scrape is answered with what is there by then. */
const WAIT_MS = 1_500;
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Gauges that the library names like counters. Those by type beside them add up to the same. */
const MISNAMED = ['handles', 'requests', 'resources'].map((what) => `cts_nodejs_active_${what}_total`);

interface State {
  /** Milliseconds of the clock. */
  readonly begunAt: number;
  readonly reading: Promise<void>;
}

/** Numbers about this process and this service in the text format of Prometheus. Asks each source once in a while. */
@Injectable()
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  // Not the library's global one: several applications may live in one process.
  private readonly registry = new Registry();
  private readonly states = new Map<MetricsSource, State>();
  /** Names of the gauges that a source shows. */
  private readonly shown = new Map<MetricsSource, readonly string[]>();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly up: Gauge<'source'>;

  constructor(
    private readonly sources: MetricsSources,
    private readonly clock: Clock,
  ) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'cts_' });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    this.requests = new Histogram({
      name: 'cts_http_request_duration_seconds',
      help: 'Time from a request to its answer, by the pattern of its route',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS_SECONDS,
      registers,
    });
    this.up = new Gauge({
      name: 'cts_metrics_source_up',
      help: 'Whether a source of these numbers could be read; where not, its numbers are missing',
      labelNames: ['source'],
      registers,
    });
  }

  /** Counts an answered request. */
  observe({ method, routeOptions }: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): void {
    // The pattern: a path would make a series of each id, and is the client's own text.
    const labels = { method, route: routeOptions.url ?? 'none', status: statusCode };
    this.requests.observe(labels, elapsedTime / 1_000);
  }

  /** Never throws for a source that cannot be read. */
  async scrape(): Promise<string> {
    const all = Promise.all(this.sources.all.map((source) => this.refresh(source)));
    await within(WAIT_MS, all, () => undefined);
    return this.registry.metrics();
  }

  private async refresh(source: MetricsSource): Promise<void> {
    const now = this.clock.now().getTime();
    const state = this.states.get(source);
    if (state !== undefined && now - state.begunAt < source.maxAgeMs) return state.reading;
    // One reading of a source at a time, however long it takes.
    const reading = (state?.reading ?? Promise.resolve()).then(() => this.read(source));
    this.states.set(source, { begunAt: now, reading });
    return reading;
  }

  private async read(source: MetricsSource): Promise<void> {
    const readings = await source.read().catch((error: unknown) => {
      this.logger.debug(`metrics of ${source.name}: ${messageOf(error)}`);
      return undefined;
    });
    // A number that is no longer known is left out: shown, it would be taken for the present one.
    for (const name of this.shown.get(source) ?? []) this.registry.removeSingleMetric(name);
    for (const reading of readings ?? []) this.show(reading);
    this.shown.set(
      source,
      (readings ?? []).map(({ name }) => name),
    );
    this.up.set({ source: source.name }, Number(readings !== undefined));
  }

  private show({ name, help, samples }: GaugeReading): void {
    const labelNames = Object.keys(samples[0]?.labels ?? {});
    const options = { name, help, labelNames, registers: [this.registry] };
    if (name.endsWith('_total')) {
      const counter = new Counter(options);
      for (const { labels = {}, value } of samples) counter.inc(labels, value);
      return;
    }
    const gauge = new Gauge(options);
    for (const { labels = {}, value } of samples) gauge.set(labels, value);
  }
}
