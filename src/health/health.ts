/** One RPC endpoint, by its host. */
export interface EndpointHealth {
  readonly endpoint: string;
  readonly voice: string;
  readonly ok: boolean;
  /** Of the past, or of another cluster: asked last, and not believed. */
  readonly red: boolean;
  readonly slot?: number;
  readonly behind?: number;
  readonly reason?: string;
}

/** `error` in a part that everything needs makes the whole `error`; in another part it makes it `degraded`. */
export interface HealthCheck {
  readonly status: 'ok' | 'error';
  /** What is wrong, and of the fee payer also what it holds, in words safe to show to anybody. */
  readonly detail?: string;
  /** Of rpc: what each endpoint can do, and whether only one provider is configured. */
  readonly endpoints?: readonly EndpointHealth[];
  readonly singleSource?: boolean;
  /** Of the jobs: when each last succeeded; null for never. */
  readonly lastSuccess?: Readonly<Record<string, string | null>>;
}

export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'draining' | 'error';
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

/** Without these no request can be served. The chain is not among them: reads go on without it. */
const VITAL = new Set(['database', 'migrations']);

export function toReport(checks: Readonly<Record<string, HealthCheck>>): HealthReport {
  const failed = Object.keys(checks).filter((name) => checks[name]?.status === 'error');
  if (failed.some((name) => VITAL.has(name))) return { status: 'error', checks };
  return { status: failed.length > 0 ? 'degraded' : 'ok', checks };
}
