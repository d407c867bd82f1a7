import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { type LocalWorld, startLocalWorld } from '#src/local/world.js';
import { TestWallet } from '../../support/builders/wallets.js';

let feed: LocalPriceFeed;
let mint: string;
beforeEach(async () => {
  mint = TestWallet.generate().address;
  feed = await LocalPriceFeed.start();
});
afterEach(() => feed.stop());

async function priceAt(url: string, of: string): Promise<number | undefined> {
  const answer = (await (await fetch(`${url}?ids=${of}`)).json()) as Record<string, { usdPrice: number }>;
  return answer[of]?.usdPrice;
}

describe('the local price feed', () => {
  async function post(body: string, type = 'application/json'): Promise<number> {
    const headers = { 'content-type': type };
    return (await fetch(`${feed.origin}/prices`, { method: 'POST', headers, body })).status;
  }

  it('speaks the wire format of Jupiter', async () => {
    feed.setPrice('a', '1.50');
    feed.setPrice('b', null);
    const answer = await fetch(`${feed.url}?ids=a,b,c`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const text = await answer.text();
    expect(text).toContain('"usdPrice":1.50,');
    const entry = { usdPrice: 1.5, blockId: 1, priceChange24h: 0, liquidity: 1_000_000 };
    expect(JSON.parse(text)).toEqual({ a: entry, b: null });
    expect((await fetch(`${feed.url}?ids=${'a,'.repeat(50)}a`)).status).toBe(400);
    expect((await fetch(feed.origin)).status).toBe(404);
  });

  it('takes prices over HTTP, and a default for the tokens without one', async () => {
    const generous = await LocalPriceFeed.start({ defaultPrice: '1' });
    try {
      expect(await priceAt(generous.url, mint)).toBe(1);
    } finally {
      await generous.stop();
    }
    expect(await post(`{"a":"0.5"}`)).toBe(204);
    expect(await (await fetch(`${feed.url}?ids=a`)).text()).toContain('"usdPrice":0.5,');
  });

  it.each([
    ['{"a":"cheap"}', 'application/json', 400],
    ['{"a":1.25}', 'application/json', 400],
    ['["1.25"]', 'application/json', 400],
    ['not JSON', 'application/json', 400],
    ['{"a":"1.25"}', 'text/plain', 415],
  ])('refuses %s as %s', async (body, type, status) => {
    expect(await post(body, type)).toBe(status);
    expect(await (await fetch(`${feed.url}?ids=a`)).text()).toBe('{}');
  });

  it('refuses a price that is no number', () => {
    expect(() => feed.setPrice(mint, '1,25')).toThrow(RangeError);
  });
});

describe('the local world', () => {
  // Everything is given but the prices, so nothing else is started.
  const given = {
    DATABASE_URL: 'postgresql://localhost/app',
    SOLANA_RPC_URL: 'https://rpc.example.com',
    ESCROW_DB_SECRET: 'x'.repeat(40),
    ADMIN_WALLET_PUBKEYS: TestWallet.generate().address,
  };
  let world: LocalWorld | undefined;
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  it('brings a price feed where none is given: a dollar a token unless told otherwise', async () => {
    world = await startLocalWorld(given);
    const { JUPITER_PRICE_URL: url = '' } = world.env;
    expect(world.banner).toMatchObject({ embeddedPrices: true, priceUrl: url });
    expect(await priceAt(url, mint)).toBe(1);
    const other = TestWallet.generate().address;
    world.setPrice?.(other, '0.25');
    expect(await priceAt(url, other)).toBe(0.25);
    await world.stop();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('brings a bucket for avatars where none is given, and leaves a given one alone', async () => {
    world = await startLocalWorld(given);
    const { SUPABASE_URL: url = '', SUPABASE_SERVICE_ROLE_KEY: key = '' } = world.env;
    expect(world.banner).toMatchObject({ embeddedStorage: true, storageUrl: url });
    expect(JSON.stringify(world.banner)).not.toContain(key);
    const headers = { apikey: key, authorization: `Bearer ${key}` };
    const sign = () =>
      fetch(`${url}/storage/v1/object/upload/sign/avatars/a.png`, { method: 'POST', headers });
    expect((await sign()).status).toBe(200);
    await world.stop();
    await expect(sign()).rejects.toThrow('fetch failed');
    world = await startLocalWorld({ ...given, SUPABASE_URL: 'https://abc.supabase.co' });
    expect(world.banner).toMatchObject({ embeddedStorage: false, storageUrl: 'https://abc.supabase.co/...' });
    expect(world.env['SUPABASE_SERVICE_ROLE_KEY']).toBeUndefined();
  });

  it('leaves a given one alone, and prints no key of it', async () => {
    const url = 'https://prices.example.com/v3?key=hunter2';
    world = await startLocalWorld({ ...given, JUPITER_PRICE_URL: url });
    expect(world.env['JUPITER_PRICE_URL']).toBe(url);
    expect(world.banner.embeddedPrices).toBe(false);
    expect(world.setPrice).toBeUndefined();
    expect(JSON.stringify(world.banner)).not.toContain('hunter2');
  });
});
