/** `npm run bench:hanging-rpc`: how long a commitment takes to be read while the first RPC endpoint hangs, and while all hang. */
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { lifeOfFile, PayoutWorld, type TestCommitment } from '../support/worlds/payout-world.js';

const READS = 1_000;
const SIDE_BY_SIDE = 1;

const life = lifeOfFile();
let chain: LocalChain;
let world: PayoutWorld;
let commitment: TestCommitment;
const statuses = new Set<number>();
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 100 });
  world = await PayoutWorld.open(life, chain, { endpoints: 2, env: { TRUST_PROXY: '1' } });
  commitment = await world.attested();
});
afterAll(() => chain?.stop());

/** Milliseconds of each read, in ascending order. */
async function readings(): Promise<number[]> {
  let sent = 0;
  const took: number[] = [];
  const read = async () => {
    while (sent < READS) {
      sent += 1;
      const headers = { 'x-forwarded-for': `10.9.${sent >> 8}.${sent & 255}` };
      const start = performance.now();
      const answer = await fetch(`${world.api.url}/api/commitments/${commitment.id}`, { headers });
      await answer.arrayBuffer();
      took.push(performance.now() - start);
      statuses.add(answer.status);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, read));
  return took.toSorted((a, b) => a - b);
}

it('reading a commitment while endpoints hang', async () => {
  const tell = (what: string, took: readonly number[]) => {
    const at = (share: number) => took[Math.floor(share * (took.length - 1))]?.toFixed(1);
    process.stdout.write(
      `${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms of ${READS} reads\n`,
    );
  };
  tell('all endpoints well', await readings());
  for (const [hanging, proxy] of world.rpcs.entries()) {
    proxy.plan = () => ({ kind: 'hang' });
    tell(hanging === 0 ? 'the first one hangs' : 'all hang', await readings());
  }
  expect([...statuses]).toEqual([200]);
});
