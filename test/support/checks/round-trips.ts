import pg from 'pg';
import { currentContext } from '#src/common/request-context.js';

export interface RoundTrips {
  /** Texts that were sent to PostgreSQL and waited for, BEGIN and COMMIT among them; several statements of one text are one. */
  readonly statements: readonly string[];
  /** Methods that RPC endpoints were asked for. */
  readonly calls: readonly string[];
}

/** What the requests that this process serves ask of others during the work, on whatever connection; what jobs and tests ask is left out. */
export async function roundTripsOf(work: () => Promise<unknown>): Promise<RoundTrips> {
  const statements: string[] = [];
  const calls: string[] = [];
  const { prototype } = pg.Client;
  const { query } = prototype;
  const { fetch } = globalThis;
  prototype.query = function noting(this: pg.Client, ...args: unknown[]) {
    if (isServing()) statements.push(textOf(args[0]));
    return Reflect.apply(query, this, args) as never;
  };
  globalThis.fetch = async (input, init) => {
    const method = isServing() ? methodOf(init?.body) : undefined;
    if (method !== undefined) calls.push(method);
    return fetch(input, init);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
    globalThis.fetch = fetch;
  }
  return { statements, calls };
}

function isServing(): boolean {
  return currentContext()?.request !== undefined;
}

function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : (query as { text?: string }).text;
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

function methodOf(body: unknown): string | undefined {
  if (typeof body !== 'string' || !body.startsWith('{')) return undefined;
  return (JSON.parse(body) as { readonly method?: string }).method;
}
