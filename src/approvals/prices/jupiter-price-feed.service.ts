import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { PriceFeed } from './price-feed.js';
import { type FetchedPrice, PriceFeedError, readJupiterPrices } from './price.js';

const TIMEOUT_MS = 3_000;
/** The smallest plans allow a request a second. */
const DEFAULT_PATIENCE_SECONDS = 1;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Jupiter's Price API v3 at JUPITER_PRICE_URL: `GET ?ids=<mint>,<mint>`. */
@Injectable()
export class JupiterPriceFeed extends PriceFeed {
  constructor(private readonly settings: Settings) {
    super();
  }

  async pricesOf(mints: readonly string[]): Promise<ReadonlyMap<string, FetchedPrice | null>> {
    const { JUPITER_PRICE_URL, JUPITER_API_KEY } = this.settings.env;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (JUPITER_API_KEY !== undefined) headers['x-api-key'] = JUPITER_API_KEY;
    return readJupiterPrices(await exchange(urlFor(JUPITER_PRICE_URL, mints), headers), mints);
  }
}

function urlFor(base: string, mints: readonly string[]): URL {
  const url = new URL(base);
  url.searchParams.set('ids', mints.join(','));
  return url;
}

/** Errors are put in words of our own: those of `fetch` may repeat the URL or a header. */
async function exchange(url: URL, headers: Record<string, string>): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    // Redirects are errors: the key is for this host alone.
    const answer = await fetch(url, { headers, signal, redirect: 'error' });
    if (answer.status === 200) return await readBounded(answer);
    await answer.body?.cancel().catch(() => undefined);
    throw new PriceFeedError(`it answered HTTP ${answer.status}`, patience(answer));
  } catch (error) {
    if (error instanceof PriceFeedError) throw error;
    throw new PriceFeedError(
      signal.aborted
        ? `it gave no answer within ${TIMEOUT_MS / 1_000} s`
        : `it did not answer${systemCode(error)}`,
    );
  }
}

/** A feed that is asked too often says so, and as a rule for how many seconds. */
function patience({ status, headers }: Response): number | null {
  if (status !== 429) return null;
  const seconds = Number(headers.get('retry-after') ?? DEFAULT_PATIENCE_SECONDS);
  return (Number.isFinite(seconds) && seconds >= 0 ? seconds : DEFAULT_PATIENCE_SECONDS) * 1_000;
}

/** The deadline of the request holds for the body as well. */
async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop ends the transfer.
    if (size > MAX_ANSWER_BYTES)
      throw new PriceFeedError(`its answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PriceFeedError('its answer is not JSON');
  }
}

/** ` (ECONNREFUSED)` where the system named its reason. */
function systemCode(error: unknown): string {
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? ` (${code})` : '';
}
