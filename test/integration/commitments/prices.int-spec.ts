import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Test, type TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigModule } from '#config/config.module.js';
import { DatabaseModule } from '#config/database/database.module.js';
import { parseEnvironment } from '#config/environment.js';
import { JupiterPriceFeed } from '#src/approvals/prices/jupiter-price-feed.service.js';
import { PriceRequests } from '#src/approvals/prices/price-requests.service.js';
import { PriceFeed } from '#src/approvals/prices/price-feed.js';
import { Prices, type UsablePrice } from '#src/approvals/prices/prices.service.js';
import { TokenPrice } from '#src/approvals/prices/token-price.entity.js';
import { TokenPriceRepository } from '#src/approvals/prices/token-price.repository.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { MarksModule } from '#src/marks/marks.module.js';
import { Clock } from '#src/common/clock.js';
import { HandClock } from '#src/common/clock.fake.js';
import { CommonModule } from '#src/common/common.module.js';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { DomainError } from '#src/common/errors/errors.js';
import { createLogger, NestLogger } from '#src/common/http/logger.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';
import { TestWallet } from '../../support/builders/wallets.js';

const API_KEY = 'key-that-nobody-may-read';

let database: TestDatabase;
let feed: LocalPriceFeed;
let clock: HandClock;
let mint: string;
let requests: IncomingMessage[];
let gate: Promise<void> | undefined;
const replicas: TestingModule[] = [];
const servers: Server[] = [];
const log: string[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  [requests, gate, clock, mint] = [[], undefined, new HandClock(Date.now()), TestWallet.generate().address];
  log.length = 0;
  feed = await LocalPriceFeed.start({
    onRequest: (request) => {
      requests.push(request);
      return gate;
    },
  });
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map((replica) => replica.close()));
  await feed.stop();
  await Promise.all(servers.splice(0).map(close));
  await database.drop();
});

/** The service as one API process has it. */
async function startReplica(env: Readonly<Record<string, string>> = {}): Promise<Prices> {
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: database.appUrl,
    JUPITER_PRICE_URL: feed.url,
    ESCROW_DB_SECRET: 's'.repeat(32),
    ...env,
  });
  const replica = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(environment),
      DatabaseModule.forRoot(environment),
      CommonModule,
      ChainModule,
      MarksModule,
      AuditModule,
      TypeOrmModule.forFeature([TokenPrice]),
    ],
    providers: [
      Prices,
      PriceRequests,
      TokenPriceRepository,
      { provide: PriceFeed, useClass: JupiterPriceFeed },
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  replica.useLogger(new NestLogger(createLogger('trace', { write: (line) => void log.push(line) })));
  replicas.push(replica);
  return replica.get(Prices);
}

async function failureOf(work: Promise<UsablePrice>): Promise<DomainError> {
  const error: unknown = await work.then(
    ({ priceUsd }) => new Error(`there was a price: ${priceUsd}`),
    (error: unknown) => error,
  );
  if (error instanceof DomainError) return error;
  throw error;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/price/v3`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** What a price of the local feed looks like, as it says no decimals. */
function usable(priceUsd: string, asOf: Date): UsablePrice {
  return { priceUsd, liquidityUsd: '1000000', decimals: null, asOf };
}

function storedPrices(): Promise<{ price: string }[]> {
  return execute(database.url, 'SELECT price_usd::text AS price FROM public.token_prices');
}

describe('a usable price', () => {
  it('is asked for once in JUPITER_PRICE_CACHE_TTL_SECONDS, by all replicas together', async () => {
    feed.setPrice(mint, '1.25');
    const asOf = clock.now();
    const [one, other] = [await startReplica(), await startReplica()];
    expect(await one.usablePrice(mint)).toEqual(usable('1.25', asOf));
    feed.setPrice(mint, '2.5');
    clock.forward(60_000);
    expect(await one.usablePrice(mint)).toEqual(usable('1.25', asOf));
    expect(await other.usablePrice(mint)).toEqual(usable('1.25', asOf));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe(`/price/v3?ids=${mint}`);

    clock.at += 1;
    expect(await other.usablePrice(mint)).toEqual(usable('2.5', clock.now()));
    expect(await one.usablePrice(mint)).toEqual(usable('2.5', clock.now()));
    expect(requests).toHaveLength(2);
  });

  it('keeps its age by the moment of the question, however long the answer takes', async () => {
    feed.setPrice(mint, '1');
    const asked = clock.now();
    let open = () => {};
    gate = new Promise<void>((resolve) => (open = resolve));
    const answer = (await startReplica()).usablePrice(mint);
    await expect.poll(() => requests.length).toBe(1);
    clock.forward(2_000);
    open();
    expect(await answer).toEqual(usable('1', asked));
  });

  it('takes one request for 50 that want it at once, and another token does not wait for it', async () => {
    feed.setPrice(mint, '3');
    let open = () => {};
    gate = new Promise<void>((resolve) => (open = resolve));
    const prices = await startReplica();
    const wanted = Array.from({ length: 50 }, () => prices.usablePrice(mint));
    await expect.poll(() => requests.length).toBe(1);
    gate = undefined;
    const quick = TestWallet.generate().address;
    feed.setPrice(quick, '4');
    expect((await prices.usablePrice(quick)).priceUsd).toBe('4');
    open();
    expect(new Set((await Promise.all(wanted)).map(({ priceUsd }) => priceUsd))).toEqual(new Set(['3']));
    expect(requests).toHaveLength(2);
  });

  it('R10: takes few requests for many tokens that are wanted at once, and keeps what each answer says', async () => {
    const prices = await startReplica();
    const mints = Array.from({ length: 60 }, () => TestWallet.generate().address);
    mints.forEach((one, index) => feed.setPrice(one, `${index + 1}`, { liquidity: '5000.5', decimals: 9 }));
    const found = await Promise.all(mints.map((one) => prices.usablePrice(one)));
    expect(found.map(({ priceUsd }) => Number(priceUsd))).toEqual(mints.map((_, index) => index + 1));
    const asked = requests.length;
    expect(asked).toBeLessThan(mints.length / 2);
    const stored = await (await startReplica()).usablePrice(mints[0] ?? '');
    expect(stored).toMatchObject({ liquidityUsd: '5000.5', decimals: 9 });
    expect(requests).toHaveLength(asked);
  });

  it('R10: waits as long as the feed asks for, and asks again', async () => {
    feed.setPrice(mint, '3');
    feed.fail(429, { 'retry-after': '1' });
    const answer = (await startReplica()).usablePrice(mint);
    await expect.poll(() => requests.length).toBe(1);
    feed.heal();
    expect((await answer).priceUsd).toBe('3');
    expect(requests).toHaveLength(2);
  });

  it('R10: is given up at once when the feed asks for more patience than a request has', async () => {
    feed.fail(429, { 'retry-after': '600' });
    const prices = await startReplica();
    expect((await failureOf(prices.usablePrice(mint))).detail).toContain('HTTP 429');
    feed.heal();
    feed.setPrice(mint, '3');
    expect((await failureOf(prices.usablePrice(mint))).detail).toContain('asked to be left alone');
    expect(requests).toHaveLength(1);
  });

  it('takes one request for 50 that fail at once, and the next one asks again', async () => {
    feed.fail(503);
    const prices = await startReplica();
    const errors = await Promise.all(Array.from({ length: 50 }, () => failureOf(prices.usablePrice(mint))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['price_unavailable']));
    expect(requests).toHaveLength(1);
    feed.heal();
    feed.setPrice(mint, '3');
    expect((await prices.usablePrice(mint)).priceUsd).toBe('3');
  });

  it.each([
    ['0.1', '0.1'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1e-7', '0.0000001'],
    ['123456789.123456789012345678901', '123456789.123456789012345678901'],
    ['0.000001234000', '0.000001234'],
  ])('keeps every digit of %s on its way through feed, database and service', async (literal, priceUsd) => {
    feed.setPrice(mint, literal);
    expect((await (await startReplica()).usablePrice(mint)).priceUsd).toBe(priceUsd);
    expect((await (await startReplica()).usablePrice(mint)).priceUsd).toBe(priceUsd);
    expect(await storedPrices()).toEqual([{ price: priceUsd }]);
    expect(requests).toHaveLength(1);
  });
});

describe('V2: a price outage', () => {
  it('is bridged by a stored price up to JUPITER_PRICE_STALE_TTL_SECONDS, then nobody can approve', async () => {
    feed.setPrice(mint, '1.25');
    const asOf = clock.now();
    const prices = await startReplica();
    await prices.usablePrice(mint);
    feed.fail(503);
    clock.forward(61_000);
    expect(await prices.usablePrice(mint)).toEqual(usable('1.25', asOf));
    expect(log.join()).toContain('HTTP 503');
    clock.forward((900 - 61) * 1_000);
    expect(await prices.usablePrice(mint)).toEqual(usable('1.25', asOf));
    clock.at += 1;
    const error = await failureOf(prices.usablePrice(mint));
    expect(ERROR_TABLE[error.code].status).toBe(503);
    expect(error).toMatchObject({ code: 'price_unavailable', fields: { tokenMint: mint } });
    expect(error.detail).toContain('HTTP 503');

    feed.heal();
    expect(await prices.usablePrice(mint)).toEqual(usable('1.25', clock.now()));
  });

  it('is judged by the time at which the feed has failed, not by the time of the question', async () => {
    feed.setPrice(mint, '1.25');
    const prices = await startReplica();
    await prices.usablePrice(mint);
    clock.forward(899_000);
    feed.fail(500);
    let open = () => {};
    gate = new Promise<void>((resolve) => (open = resolve));
    const error = failureOf(prices.usablePrice(mint));
    await expect.poll(() => requests.length).toBe(2);
    clock.forward(2_000);
    open();
    expect((await error).code).toBe('price_unavailable');
  });

  it.each([
    ['HTML', '<html>SECRET</html>'],
    ['nothing', ''],
    ['no price at all', '{}'],
    ['null', '{"MINT":null}'],
    ['a price of 0', '{"MINT":{"usdPrice":0}}'],
    ['a negative price', '{"MINT":{"usdPrice":-1}}'],
    ['an absurd price', '{"MINT":{"usdPrice":1e300}}'],
    ['a price as text', '{"MINT":{"usdPrice":"SECRET"}}'],
    ['two prices', '{"MINT":{"usdPrice":1,"usdPrice":1000000}}'],
    ['more than 64 KiB', `{"MINT":{"usdPrice":1,"more":"${'x'.repeat(65_536)}"}}`],
    ['nesting without end', '['.repeat(60_000)],
  ])('is also an answer of %s: nothing is stored, and a stored price serves', async (_, body) => {
    const prices = await startReplica();
    feed.answerWith(body.replaceAll('MINT', mint));
    const error = await failureOf(prices.usablePrice(mint));
    expect(error.code).toBe('price_unavailable');
    expect(`${error.message} ${log.join()}`).not.toContain('SECRET');
    expect(await storedPrices()).toEqual([]);

    feed.heal();
    feed.setPrice(mint, '8');
    await prices.usablePrice(mint);
    clock.forward(61_000);
    feed.answerWith(body.replaceAll('MINT', mint));
    expect((await prices.usablePrice(mint)).priceUsd).toBe('8');
  });

  it('ends within seconds when the feed hangs, drips, streams without end, or is not there', async () => {
    const cut: Promise<void>[] = [];
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    });
    const flood = await serve((_, response) => {
      cut.push(new Promise((resolve) => response.on('close', () => resolve())));
      const more = () => void (response.write(' '.repeat(16_384)) && setImmediate(more));
      response.on('drain', more);
      more();
    });
    const gone = await serve(() => undefined);
    await Promise.all(servers.splice(-1).map(close));
    feed.hang();
    const ended = await Promise.all(
      [feed.url, drip, flood, gone].map(async (url) => {
        const prices = await startReplica({ JUPITER_PRICE_URL: url });
        return failureOf(prices.usablePrice(mint));
      }),
    );
    const said = [/within 3 s/, /within 3 s/, /larger than 65536 bytes/, /did not answer \(ECONNREFUSED\)/];
    said.forEach((words, index) => expect(ended[index]?.detail).toMatch(words));
    await Promise.all(cut);
  });

  it('ends for a replica whose clock was ahead: its price is replaced', async () => {
    feed.setPrice(mint, '7');
    await execute(
      database.url,
      `INSERT INTO public.token_prices (mint, price_usd, source, fetched_at) VALUES ($1, 5, 'jupiter', $2::timestamptz + interval '1 hour')`,
      [mint, clock.now()],
    );
    const prices = await startReplica();
    const expected = usable('7', clock.now());
    expect(await prices.usablePrice(mint)).toEqual(expected);
    expect(await prices.usablePrice(mint)).toEqual(expected);
    expect(requests).toHaveLength(1);
  });

  it.each(['0', '-1', `'NaN'`, `'Infinity'`])('can store no price of %s', async (price) => {
    const insert = `INSERT INTO public.token_prices (mint, price_usd, source, fetched_at) VALUES ('mint', ${price}, 'jupiter', now())`;
    await expect(execute(database.url, insert)).rejects.toThrow('token_prices_price_usd_check');
  });
});

describe('JUPITER_API_KEY', () => {
  it('is sent as x-api-key where it is set, and told to nobody else', async () => {
    feed.setPrice(mint, '1');
    const prices = await startReplica({ JUPITER_API_KEY: API_KEY });
    await prices.usablePrice(mint);
    expect(requests[0]?.headers['x-api-key']).toBe(API_KEY);
    clock.forward(61_000);
    feed.fail(401);
    await prices.usablePrice(mint);
    clock.forward(900_000);
    const error = await failureOf(prices.usablePrice(mint));
    expect(log.join()).toContain('HTTP 401');
    expect(log.join()).not.toContain(API_KEY);
    expect(`${error.stack} ${String((error.cause as Error).stack)}`).not.toContain(API_KEY);
  });

  it('is not sent where it is not set', async () => {
    feed.setPrice(mint, '1');
    await (await startReplica()).usablePrice(mint);
    expect(requests[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('does not follow a redirect', async () => {
    feed.setPrice(mint, '1');
    const away = await serve((_, response) => response.writeHead(302, { location: feed.url }).end());
    const prices = await startReplica({ JUPITER_PRICE_URL: away, JUPITER_API_KEY: API_KEY });
    const error = await failureOf(prices.usablePrice(mint));
    expect(error.code).toBe('price_unavailable');
    expect(requests).toEqual([]);
  });
});
