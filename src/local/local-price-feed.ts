import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A number as JSON writes it, or null: then the feed knows the token and has no price for it. */
export type PriceLiteral = string | null;

export interface LocalPriceFeedOptions {
  /** For tokens that no price was set for, with a million dollars behind it; without it they are missing from the answer. */
  readonly defaultPrice?: string;
  /** Called before an answer is made, which waits for it. */
  readonly onRequest?: (request: IncomingMessage) => void | Promise<void>;
}

/** What the feed says beside a price. */
export interface PriceDetails {
  /** US dollars in the pools behind it; null: nothing is said. A million where it is left out. */
  readonly liquidity?: PriceLiteral;
  /** Decimals of the token; nothing is said where it is left out. */
  readonly decimals?: number;
}

type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'hang' };

const PATH = '/price/v3';
const MAX_IDS = 50;
const LIQUIDITY = '1000000';
const MAX_BODY_BYTES = 64 * 1024;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * A price feed of one's own on 127.0.0.1 with the wire format of Jupiter's Price API v3: `GET /price/v3?ids=a,b` answers
 * `{"a":{"usdPrice":1.25,...},...}`. Prices are set by code, or with `POST /prices` and `{"<mint>":"1.25"}` (null takes the
 * price away).
 */
export class LocalPriceFeed {
  private readonly prices = new Map<string, PriceLiteral>();
  private readonly details = new Map<string, PriceDetails>();
  private fault: Fault | undefined;

  private constructor(
    private readonly server: Server,
    private readonly options: LocalPriceFeedOptions,
  ) {}

  static async start(options: LocalPriceFeedOptions = {}): Promise<LocalPriceFeed> {
    if (options.defaultPrice !== undefined) checkPrice(options.defaultPrice);
    const server = createServer();
    const feed = new LocalPriceFeed(server, options);
    server.on('request', (request, response) => {
      feed.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    // A process that has nothing else to do may end.
    server.unref();
    return feed;
  }

  /** `http://127.0.0.1:<port>`; prices are posted to `/prices` of it. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What JUPITER_PRICE_URL is to be. */
  get url(): string {
    return `${this.origin}${PATH}`;
  }

  /**
   * US dollars for one whole token; the digits are answered as they are given here.
   * @throws RangeError when it is not a JSON number
   */
  setPrice(mint: string, price: PriceLiteral, details: PriceDetails = {}): void {
    checkPrice(price);
    this.prices.set(mint, price);
    this.details.set(mint, details);
  }

  /** Every question is answered with this status until `heal`. */
  fail(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.fault = { kind: 'status', status, headers };
  }

  /** Every question is answered with this text and 200 until `heal`. */
  answerWith(body: string): void {
    this.fault = { kind: 'body', body };
  }

  /** No question is answered until `heal`; those that hang already go on to hang. */
  hang(): void {
    this.fault = { kind: 'hang' };
  }

  heal(): void {
    this.fault = undefined;
  }

  /** Harmless to repeat. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && pathname === PATH) {
      await this.options.onRequest?.(request);
      this.answerPrices(response, (searchParams.get('ids') ?? '').split(','));
    } else if (request.method === 'POST' && pathname === '/prices') {
      await this.takePrices(request, response);
    } else {
      send(response, 404, '{"error":"Not found"}');
    }
  }

  private answerPrices(response: ServerResponse, mints: readonly string[]): void {
    switch (this.fault?.kind) {
      case 'hang':
        return;
      case 'status':
        send(response, this.fault.status, '{"error":"told to fail"}', this.fault.headers);
        return;
      case 'body':
        send(response, 200, this.fault.body);
        return;
      case undefined:
        if (mints.length > MAX_IDS) send(response, 400, '{"error":"Too many ids"}');
        else send(response, 200, `{${mints.flatMap((mint) => this.entryOf(mint)).join(',')}}`);
    }
  }

  /** Written by hand: JSON.stringify would round the price. */
  private entryOf(mint: string): string[] {
    const price = this.prices.has(mint) ? this.prices.get(mint) : this.options.defaultPrice;
    if (price === undefined) return [];
    const name = JSON.stringify(mint);
    if (price === null) return [`${name}:null`];
    const { liquidity = LIQUIDITY, decimals } = this.details.get(mint) ?? {};
    const more = [
      ...(liquidity === null ? [] : [`"liquidity":${liquidity}`]),
      ...(decimals === undefined ? [] : [`"decimals":${decimals}`]),
    ];
    return [`${name}:{${[`"usdPrice":${price}`, '"blockId":1', '"priceChange24h":0', ...more].join(',')}}`];
  }

  private async takePrices(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A web page cannot send this type to another origin without asking first.
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
      send(response, 415, '{"error":"Send application/json"}');
      return;
    }
    const prices = parsePrices(await readBody(request));
    if (prices === null) {
      send(response, 400, '{"error":"Send {\\"<mint>\\":\\"1.25\\"}: prices as text, or null"}');
      return;
    }
    for (const [mint, price] of prices) this.prices.set(mint, price);
    response.writeHead(204).end();
  }
}

function checkPrice(price: PriceLiteral): void {
  if (price !== null && !NUMBER.test(price))
    throw new RangeError(`"${price}" is not a number as JSON writes it`);
}

function parsePrices(body: string | null): [string, PriceLiteral][] | null {
  try {
    const value: unknown = JSON.parse(body ?? '');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value as Record<string, unknown>);
    return entries.every((entry): entry is [string, PriceLiteral] => isPrice(entry[1])) ? entries : null;
  } catch {
    return null;
  }
}

function isPrice(value: unknown): value is PriceLiteral {
  return value === null || (typeof value === 'string' && NUMBER.test(value));
}

/** null when it is larger than anybody needs. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}
