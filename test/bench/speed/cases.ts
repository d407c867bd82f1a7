import { inParallel } from '#src/common/in-parallel.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { RestClient } from '#src/local/rest-client.js';
import type { LoadOrder } from './load.child.js';
import type { Measured, SpeedWorld } from './world.js';

/** One line of the table. */
export interface SpeedCase {
  readonly name: string;
  /** Name of the line beside which it is put. */
  readonly beside?: string;
  /** One stretch of load. */
  measure(world: SpeedWorld, seconds: number): Promise<Measured>;
}

const CLIENTS = 32;
const SIGNED = 400;
const ORIGIN = 'https://app.example.com';

type Target = (world: SpeedWorld) => { readonly url: string; readonly pid: number };
type Requests = (world: SpeedWorld) => LoadOrder['requests'];

const api: Target = (world) => world.api;
const paths = (of: (world: SpeedWorld) => readonly string[]): Requests => {
  return (world) => of(world).map((path) => ({ path }));
};

function reading(name: string, target: Target, requests: Requests, beside?: string): SpeedCase {
  return {
    name,
    ...(beside === undefined ? {} : { beside }),
    async measure(world, seconds) {
      const { url, pid } = target(world);
      return world.load({ url, method: 'GET', requests: requests(world), clients: CLIENTS, seconds }, pid);
    },
  };
}

/** Whatever has to be signed is prepared before the stretch: each request is one wallet's, and is sent once. */
function signing(name: string, prepare: (world: SpeedWorld) => Promise<LoadOrder['requests']>): SpeedCase {
  return {
    name,
    async measure(world, seconds) {
      const requests = await prepare(world);
      const { url, pid } = world.api;
      return world.load(
        { url, method: 'POST', requests, clients: 16, seconds: seconds * 10, once: true },
        pid,
      );
    },
  };
}

const terms = () => ({
  kind: 'personal',
  destinationOnFail: LocalWallet.generate().address,
  amountLamports: 1_000_000_000,
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
});

async function signedRequests(
  world: SpeedWorld,
  action: string,
  params: () => Record<string, unknown>,
  path: string,
): Promise<LoadOrder['requests']> {
  const requests: { path: string; body: string }[] = [];
  await inParallel(Array.from({ length: SIGNED }), 16, async () => {
    const address = { 'x-forwarded-for': `10.1.${(requests.length >> 8) & 255}.${requests.length & 255}` };
    const client = new RestClient(world.api.url, ORIGIN, address);
    const { route, body } = await client.signed(LocalWallet.generate(), action, params(), path);
    requests.push({ path: `/api${route}`, body: JSON.stringify(body) });
  });
  return requests;
}

const messages: SpeedCase = {
  name: 'POST signing-messages',
  async measure(world, seconds) {
    const requests = Array.from({ length: 500 }, () => {
      const body = { action: 'commitment.create', wallet: LocalWallet.generate().address, params: terms() };
      return { path: '/api/signing-messages', body: JSON.stringify(body) };
    });
    const { url, pid } = world.api;
    return world.load({ url, method: 'POST', requests, clients: CLIENTS, seconds }, pid);
  },
};

const SIGNAL_PATH = '/commitments/:commitmentId/milestones/:milestoneId/signal';
const LIMITED = 'bare Fastify, pg, limiter';

export const CASES: readonly SpeedCase[] = [
  reading(
    'bare Nest',
    (world) => world.nest,
    paths(() => ['/live']),
  ),
  reading(
    'GET /health/live',
    api,
    paths(() => ['/health/live']),
    'bare Nest',
  ),
  reading(
    'bare Fastify, pg',
    (world) => world.fastify,
    paths(({ filled }) => filled.personal.map((id) => `/row/${id}`)),
  ),
  reading(
    LIMITED,
    (world) => world.fastify,
    paths(({ filled }) => filled.personal.map((id) => `/limited/${id}`)),
  ),
  reading(
    'GET a personal commitment',
    api,
    paths(({ filled }) => filled.personal.map((id) => `/api/commitments/${id}`)),
    LIMITED,
  ),
  reading(
    'GET a reward commitment',
    api,
    paths(({ filled }) => filled.reward.map((id) => `/api/commitments/${id}`)),
    LIMITED,
  ),
  reading(
    'GET a list of 50',
    api,
    paths(() => ['/api/commitments?limit=50']),
  ),
  messages,
  signing('POST commitments', (world) => signedRequests(world, 'commitment.create', terms, '/commitments')),
  signing('POST signal', (world) =>
    signedRequests(world, 'milestone.signal', () => ({ ...world.filled.approvable }), SIGNAL_PATH),
  ),
];
