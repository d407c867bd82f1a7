import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { SOL } from '../support/builders/wallets.js';
import { skipNote } from '../support/processes/system-programs.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld } from '../support/worlds/payout-world.js';

const note = skipNote('pgbouncer');

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 100 });
});
afterAll(() => chain?.stop());

describe.skipIf(note)(`the built service behind PgBouncer in transaction mode${note}`, () => {
  it('six connections: three payments are made side by side, from creation to confirmation, each once', async (test) => {
    const world = await PayoutWorld.open(test, chain, { poolSize: 6 });
    expect(await pay(world, 3)).toEqual(Array(3).fill('confirmed: confirmed'));
  });
});

/** Creates, funds, attests and resolves as many at once. @returns what the ledger says of each in the end */
async function pay(world: PayoutWorld, count: number): Promise<string[]> {
  const admin = await world.signIn();
  const made = await Promise.all(Array.from({ length: count }, () => world.attested(SOL)));
  await Promise.all(made.map((commitment) => world.resolve(admin, commitment)));
  const ledgers = made.map((commitment) => world.untilLedger(commitment, /^(confirmed|finalized)/));
  return (await Promise.all(ledgers)).map((ledger) => ledger.replaceAll('finalized', 'confirmed'));
}
