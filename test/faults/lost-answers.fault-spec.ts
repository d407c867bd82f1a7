import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import type { RestClient } from '#src/local/rest-client.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { expectPaidOnce } from '../support/checks/payout-proof.js';
import { lifeOfFile, PayoutWorld } from '../support/worlds/payout-world.js';
import { answerLost, firstOf, onFirstSendOf } from '../support/proxies/rpc-faults.js';
import type { Fault } from '../support/proxies/rpc-proxy.js';

/** An endpoint that takes a transaction to the chain and tells something else about it, or nothing. */

const file = lifeOfFile();
let chain: LocalChain;
let world: PayoutWorld;
let admin: RestClient;

beforeAll(async () => {
  chain = await startTestChain({ slotMs: 50 });
  world = await PayoutWorld.open(file, chain);
  admin = await world.signIn();
});
afterAll(() => chain.stop());

const LIES: readonly [string, Fault][] = [
  ['cuts the connection', { kind: 'cut' }],
  ['never answers', { kind: 'hang' }],
  ['answers 503', { kind: 'status', status: 503 }],
  ['answers 429', { kind: 'status', status: 429 }],
  ['answers HTML', { kind: 'body', body: '<html>bad gateway</html>' }],
  ['answers "blockhash not found"', { kind: 'error', code: -32002, data: { err: 'BlockhashNotFound' } }],
  ['answers an internal error', { kind: 'error', code: -32603 }],
  ['answers another signature', { kind: 'answer', result: '1'.repeat(64) }],
];

describe.concurrent('sendTransaction', () => {
  it.each(LIES)('M2: the chain gets it and the endpoint %s: one payment by one attempt', async (_, lie) => {
    const commitment = await world.attested();
    world.rpc.plan = firstOf(
      world.rpc.plan,
      onFirstSendOf(commitment.escrow, () => answerLost(lie)),
    );
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment);
  });

  it.each(LIES)('M2: the chain does not get it and the endpoint %s: the same bytes again', async (_, lie) => {
    const commitment = await world.attested();
    world.rpc.plan = firstOf(
      world.rpc.plan,
      onFirstSendOf(commitment.escrow, () => lie),
    );
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment);
  });
});
