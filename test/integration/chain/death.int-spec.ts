import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SolanaChain } from '#src/chain/solana-chain.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import {
  deathQuestion,
  makeTransfer,
  type MadeTransfer,
  untilPast,
} from '../../support/builders/transfers.js';
import { SOL, TestWallet, fundedWallet } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { type Fault, RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { chainAt } from '../../support/worlds/solana-chain.js';

type Faults = Readonly<Record<string, Fault>>;

let local: LocalChain;
let chain: SolanaChain;

beforeAll(async () => {
  local = await startTestChain();
  chain = chainAt([local.rpcUrl]);
});
afterAll(async () => local.stop());

const change = (change: (result: never) => unknown): Fault => ({
  kind: 'result',
  change: change as (result: unknown) => unknown,
});
const nulls = change(({ value, ...rest }: { value: unknown[] }) => ({
  ...rest,
  value: value.map(() => null),
}));

/** The local chain keeps its blocks hardly longer than a death takes; a provider keeps them for days. */
const LONG_MEMORY: Faults = { getFirstAvailableBlock: change(() => 1) };
const longMemory = () => RpcProxy.start(local.rpcUrl, ({ method }) => LONG_MEMORY[method]);

describe('proveDead', () => {
  it('M16: says unknown while it may land, dead when its blockhash is long gone', async () => {
    const made = await makeTransfer(chain, await fundedWallet(local), TestWallet.generate().address, SOL);
    expect(await chain.proveDead(deathQuestion(made))).toMatchObject({ verdict: 'unknown' });
    await untilPast(chain, made);
    expect(await chain.proveDead(deathQuestion(made))).toMatchObject({ verdict: 'dead', rule: 'idle_chain' });
    // And it really is: the same bytes cannot land any more.
    await chain.broadcast(made.bytes);
    expect(await chain.landings([made.signature], true)).toEqual([{ state: 'absent' }]);
  });

  it('uses a canary as soon as the chain has traffic', async () => {
    const proxy = await longMemory();
    try {
      const remembering = chainAt([proxy.url]);
      const source = await fundedWallet(local);
      const made = await makeTransfer(chain, source, TestWallet.generate().address, SOL);
      await untilPast(chain, made);
      const traffic = await pollUntil(
        'a proof by canary',
        async () => {
          const other = await makeTransfer(chain, source, TestWallet.generate().address, SOL / 1_000n);
          await chain.broadcast(other.bytes);
          const verdict = await remembering.proveDead(deathQuestion(made));
          return verdict.verdict === 'dead' && verdict.rule === 'canary' ? verdict : null;
        },
        { everyMs: 20 },
      );
      expect(traffic.finalizedHeight).toBeGreaterThan(made.lastValidBlockHeight + 32n);
    } finally {
      await proxy.stop();
    }
  });

  it('M16: is not fooled by a jump of the chain clock, which moves slots and times but not heights', async () => {
    const jumping = await startTestChain();
    try {
      const there = chainAt([jumping.rpcUrl]);
      const lease = await there.latestBlockhash();
      await jumping.cheats.timeTravelTo(new Date(Date.now() + 7 * 86_400_000));
      const slot = await pollUntil('the jump to be final', async () => {
        const now = await there.now();
        return now.slot > lease.slot + 100_000n ? now.slot : null;
      });
      const question = {
        signatures: [TestWallet.generate().signBase58('never sent')],
        blockhashes: [lease.blockhash],
        signedAt: new Date(0),
        source: TestWallet.generate().address,
        lastValidBlockHeight: lease.lastValidBlockHeight,
        oldestSlot: lease.slot,
      };
      expect(await there.proveDead(question)).toMatchObject({ verdict: 'unknown' });
      const dead = await pollUntil('the proof', async () => {
        const verdict = await there.proveDead(question);
        return verdict.verdict === 'dead' ? verdict : null;
      });
      expect(dead.finalizedHeight).toBeGreaterThan(lease.lastValidBlockHeight + 32n);
      expect(dead.finalizedHeight).toBeLessThan(slot);
    } finally {
      await jumping.stop();
    }
  });

  describe('M16: an endpoint that lies, lags or fails is never believed', () => {
    let landed: MadeTransfer;
    let dropped: MadeTransfer;

    beforeAll(async () => {
      const source = await fundedWallet(local);
      landed = await makeTransfer(chain, source, TestWallet.generate().address, SOL);
      dropped = await makeTransfer(chain, source, TestWallet.generate().address, SOL);
      await chain.broadcast(landed.bytes);
      await untilPast(chain, dropped);
    });

    async function verdictWith(faults: Faults, made: MadeTransfer, ...moreUrls: string[]) {
      const proxy = await RpcProxy.start(local.rpcUrl, ({ method }) => faults[method]);
      // A busy machine hangs as well, for a moment.
      const timeoutMs = Object.values(faults).some(({ kind }) => kind === 'hang') ? 400 : 30_000;
      try {
        return await chainAt([proxy.url, ...moreUrls], { timeoutMs }).proveDead(deathQuestion(made));
      } finally {
        await proxy.stop();
      }
    }

    it('M1: null for a signature that landed', async () => {
      const verdict = await verdictWith({ getSignatureStatuses: nulls }, landed);
      expect(verdict.verdict).toBe('unknown');
    });

    it('M1: null for a signature that landed, and no transaction, yet the account lists it', async () => {
      const faults = { getSignatureStatuses: nulls, getTransaction: change(() => null) };
      expect((await verdictWith(faults, landed)).verdict).toBe('unknown');
      expect((await verdictWith(faults, dropped)).verdict).toBe('dead');
    });

    it('M1: a forgotten status is found by the transaction', async () => {
      const proxy = await RpcProxy.start(local.rpcUrl, ({ method }) =>
        method === 'getSignatureStatuses' ? nulls : undefined,
      );
      try {
        const [status] = await chainAt([proxy.url]).landings([landed.signature], true);
        expect(status).toMatchObject({ state: 'finalized' });
        expect(await chainAt([proxy.url]).landings([dropped.signature], true)).toEqual([{ state: 'absent' }]);
      } finally {
        await proxy.stop();
      }
    });

    it('M1: null everywhere, and an honest endpoint beside it', async () => {
      const faults = { getSignatureStatuses: nulls, getTransaction: change(() => null) };
      expect(await verdictWith(faults, landed, local.rpcUrl)).toMatchObject({ verdict: 'landed' });
    });

    it.each<[string, Faults]>([
      ['height lags', { getBlockHeight: change((height: number) => height - 200) }],
      ['height is no number', { getBlockHeight: change(() => '9999999') }],
      ['height is null', { getBlockHeight: change(() => null) }],
      ['history was pruned', { getFirstAvailableBlock: change(() => 1_000_000_000) }],
      ['no statuses', { getSignatureStatuses: change((all: object) => ({ ...all, value: [] })) }],
      [
        'too many statuses',
        { getSignatureStatuses: change((all: object) => ({ ...all, value: [null, null] })) },
      ],
      ['no transaction history', { getSignatureStatuses: { kind: 'error', code: -32011 } }],
      ['no transactions', { getTransaction: { kind: 'error', code: -32011 } }],
      ['no history of the account', { getSignaturesForAddress: { kind: 'error', code: -32011 } }],
      ['T5: no method for the history', { getSignaturesForAddress: { kind: 'error', code: -32601 } }],
      ['T5: a history in lost storage', { getSignaturesForAddress: { kind: 'error', code: -32009 } }],
      ['T5: a history that costs extra', { getSignaturesForAddress: { kind: 'status', status: 403 } }],
      ['T5: a history that is gone', { getSignaturesForAddress: { kind: 'status', status: 410 } }],
      ['T5: no method for blocks', { getBlock: { kind: 'error', code: -32601 } }],
      ['T5: blocks of another version', { getBlock: { kind: 'error', code: -32015 } }],
      ['T5: no word of its oldest block', { getFirstAvailableBlock: { kind: 'error', code: -32601 } }],
      ['a history that is no list', { getSignaturesForAddress: change(() => null) }],
      [
        'blocks without signatures',
        { getBlock: change((block: object) => ({ ...block, signatures: undefined })) },
      ],
      ['block below the count', { getBlock: change((block: object) => ({ ...block, blockHeight: 1 })) }],
      ['blocks all missing', { getBlock: change(() => null) }],
      ['blocks all skipped', { getBlock: { kind: 'error', code: -32007 } }],
      [
        'a canary that it does not know itself',
        {
          getBlock: change((block: object) => ({
            ...block,
            signatures: [TestWallet.generate().signBase58('x')],
          })),
        },
      ],
      ['statuses hang', { getSignatureStatuses: { kind: 'hang' } }],
      ['statuses refused', { getSignatureStatuses: { kind: 'status', status: 429 } }],
      ['heights refused', { getBlockHeight: { kind: 'status', status: 503 } }],
      ['answers are cut', { getBlock: { kind: 'cut' } }],
      ['answers are HTML', { getSlot: { kind: 'body', body: '<html>' } }],
    ])('%s', async (_, faults) => {
      expect(await verdictWith(faults, dropped)).toMatchObject({ verdict: 'unknown' });
      // Two are configured, so the honest one alone is not enough either.
      expect(await verdictWith(faults, dropped, local.rpcUrl)).toMatchObject({ verdict: 'unknown' });
    });

    it('the margin is kept to the block', async () => {
      const heightIs = (height: bigint) => ({ getBlockHeight: change(() => Number(height)) });
      const bound = dropped.lastValidBlockHeight + 32n;
      expect(await verdictWith(heightIs(bound), dropped)).toMatchObject({ verdict: 'unknown' });
      expect(await verdictWith(heightIs(bound + 1n), dropped)).toMatchObject({ verdict: 'dead' });
    });

    it('and two honest ones do prove it', async () => {
      const other = await longMemory();
      try {
        expect(await verdictWith(LONG_MEMORY, dropped, other.url)).toMatchObject({ verdict: 'dead' });
      } finally {
        await other.stop();
      }
    });

    it('handles more signatures than one request takes', async () => {
      const forged = Array.from({ length: 600 }, () => TestWallet.generate().signBase58(randomUUID()));
      const question = deathQuestion(dropped);
      const all = [...forged, landed.signature, ...question.signatures];
      expect(await chain.proveDead({ ...question, signatures: all })).toMatchObject({
        verdict: 'landed',
        signature: landed.signature,
      });
      const proxy = await longMemory();
      try {
        const question600 = { ...question, signatures: forged };
        // On a slow machine a part of the proof may be too old for the next one: asked again, as the engine does.
        await pollUntil('the proof', async () => {
          const { verdict } = await chainAt([proxy.url]).proveDead(question600);
          expect(verdict).not.toBe('landed');
          return verdict === 'dead';
        });
      } finally {
        await proxy.stop();
      }
    });
  });
});
