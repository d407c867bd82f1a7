import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '#src/local/rest-client.js';
import { exitCodeOf, verifyProof } from '../../../verifier/verify.mjs';
import { announce, callOff, claim, enroll, takeEffect } from '../../support/builders/failures.js';
import { attested, fail, succeed, unattested } from '../../support/builders/personal.js';
import { ReleaseBench } from '../../support/builders/release-bench.js';
import { claimable, release, UNLOCK } from '../../support/builders/releases.js';
import { holder, TOKEN } from '../../support/builders/rewards.js';
import { stealFrom } from '../../support/builders/stolen-key.js';
import { finalize, finish, type SweepAnswer } from '../../support/builders/sweeps.js';
import { setAccount } from '../../support/builders/tokens.js';
import { TestWallet } from '../../support/builders/wallets.js';
import {
  leavesOf,
  proofOf,
  type ProofPage,
  verifierSays,
  withOneByteChanged,
} from '../../support/checks/proof.js';
import { column, type Lie, retold, without } from '../../support/checks/retold-proof.js';
import { pollUntil } from '../../support/poll.js';

/** What a stranger can check: the real verifier and the chain, and nothing of the service. */
let bench: ReleaseBench;
let other: RestClient;
const second = TestWallet.generate();
const treasury = TestWallet.generate().address;
const SETTINGS = {
  PAYOUT_WAIT_SECONDS: '2',
  FAILURE_TREASURY_BPS: '1000',
  FAILURE_TREASURY_PUBKEY: treasury,
};

beforeAll(async () => {
  bench = await ReleaseBench.start();
  await bench.restart({
    ...SETTINGS,
    ADMIN_WALLET_PUBKEYS: `${bench.world.admin.address},${second.address}`,
  });
  other = await bench.world.adminClient(second);
});
afterAll(async () => {
  await bench?.stop();
});

interface Ended {
  readonly id: string;
}

async function released(milestones: number) {
  const made = await claimable(bench.world, bench.market, {
    milestones,
    lamports: BigInt(milestones + 1) * UNLOCK,
  });
  await release(bench.admin, made);
  await finalize(bench.world, made);
  return made;
}

const laterBy = (seconds: number) => async () =>
  bench.world.travelTo(((await bench.world.chainSeconds()) + seconds) * 1_000);
const pastDeadline = laterBy(601);
const pastNotice = laterBy(259_300);
const inTenMinutes = async () => ({ deadline: await bench.world.chainTime(600) });

async function refunded(): Promise<Ended> {
  const made = await attested(bench.world);
  await succeed(bench.admin, made.id);
  return made;
}

async function failed(): Promise<Ended> {
  const made = await unattested(bench.world, await inTenMinutes());
  await pastDeadline();
  await fail(bench.admin, made.id);
  return made;
}

/** A failure is filed against an attested promise and withdrawn, so that the authority is refunded by default. */
async function withdrawn(): Promise<Ended> {
  const made = await attested(bench.world, await inTenMinutes());
  await pastDeadline();
  await bench.admin.act('admin.commitment.failure', { commitmentId: made.id, reason: 'nothing was shipped' });
  await bench.admin.act('admin.failure.cancel', { commitmentId: made.id });
  await pastNotice();
  await bench.admin.post<SweepAnswer>('/commitments/sweep', { limit: 500 });
  return made;
}

/** With a treasury, a milestone that was earned before, two claims and one share that nobody has claimed. */
async function split(): Promise<Ended> {
  const { world, market, admin } = bench;
  const made = await claimable(world, market, { milestones: 3, unlocked: 1, lamports: 3n * UNLOCK });
  await laterBy(172_900)();
  const [one, idle] = [await holder(world, market, 70n * TOKEN), await holder(world, market, 33n * TOKEN)];
  await announce(world, admin, made);
  for (const wallet of [one, idle]) await enroll(world.client(), wallet, made);
  await takeEffect(world, made);
  await finish(world);
  for (const wallet of [one, market.whale]) await claim(world.client(), wallet, made);
  await release(admin, made);
  return made;
}

async function calledOff(): Promise<Ended> {
  const made = await claimable(bench.world, bench.market, {
    milestones: 2,
    unlocked: 1,
    lamports: 2n * UNLOCK,
  });
  await announce(bench.world, bench.admin, made);
  await callOff(bench.admin, made);
  await release(bench.admin, made);
  return made;
}

async function paidToAnother(): Promise<Ended> {
  const made = await unattested(bench.world, await inTenMinutes());
  await pastDeadline();
  const { id: commitmentId, destinationOnFail: replaces } = made;
  const owner = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
  await setAccount(bench.world.chain.rpcUrl, replaces, { owner, data: Buffer.alloc(165) });
  const params = { commitmentId, replaces, destination: TestWallet.generate().address };
  for (const by of [bench.admin, other]) await by.act('admin.destination.change', params);
  await fail(bench.admin, commitmentId);
  return made;
}

async function strayRefunded(): Promise<Ended> {
  const made = await attested(bench.world);
  await succeed(bench.admin, made.id);
  for (const lamports of [3_000_000n, 5_000_000n]) {
    await finalize(bench.world, made);
    await bench.world.chain.cheats.fundSol(made.escrow.address, lamports);
    await bench.admin.act('admin.stray.forward', { commitmentId: made.id });
  }
  return made;
}

/** What a service that has the seal key could tell instead, and why a stranger does not believe it. */
type Told = readonly [what: string, lie: () => Lie, refusedFor: string];

const anybody = TestWallet.generate().address;
const elsewhere = (purpose: string): Told => [
  'it went elsewhere',
  () => column('payouts', purpose, 'destination', () => anybody),
  'the signed terms pay it to',
];
const act = (action: string) => without.bind(null, 'signed_acts', `"action": "${action}"`);
const longAgo = () => '2020-01-01T00:00:00+00:00';

const ENDINGS: readonly (readonly [string, () => Promise<Ended>, readonly Told[]])[] = [
  [
    'a refunded success',
    refunded,
    [
      elsewhere('personal_success'),
      ['nobody has decided it', act('admin.commitment.success'), 'no admin has decided it'],
      ['nobody has attested it', act('commitment.attest'), 'has not attested'],
      [
        'it is a failure',
        () => column('commitments', '', 'resolution', () => 'failure'),
        'failed before its deadline',
      ],
    ],
  ],
  [
    'a failure',
    failed,
    [
      elsewhere('personal_failure'),
      [
        'it was decided early',
        () => column('commitments', '', 'resolution_chain_time', longAgo),
        'failed before its deadline',
      ],
    ],
  ],
  [
    'a refund by default after a failure that was withdrawn',
    withdrawn,
    [
      elsewhere('personal_success'),
      ['nobody has withdrawn it', act('admin.failure.cancel'), 'it is no refund by default'],
      ['it has failed', () => column('commitments', '', 'resolution', () => 'failure'), 'no failure stood'],
    ],
  ],
  [
    'a failed reward with a split and claims',
    split,
    [
      elsewhere('failure_treasury'),
      ['a share is larger', () => column('failure_shares', '', 'amount_lamports', plusOne), 'do not add up'],
      ['somebody held more', () => column('failure_shares', '', 'weight_raw', plusOne), 'another weight'],
      ['nobody has claimed', act('distribution.claim'), 'has not claimed it'],
      ['the treasury has a lamport more of the pot', moreForTheTreasury, 'more than signed'],
      [
        'a share belongs to nobody who has asked for one',
        act('distribution.enroll'),
        'neither approved nor enrolled',
      ],
      [
        'the heaviest has no share',
        () => without('failure_shares', `"weight_raw": ${1_000n * TOKEN}`),
        'holds more than',
      ],
      [
        'less was earned',
        () => column('failure_earned', '', 'amount_lamports', () => '1'),
        'does not add up',
      ],
      ['nobody has announced it', act('admin.commitment.failure'), 'before the notice was over'],
      [
        'it took effect at once',
        () => column('commitments', '', 'resolution_chain_time', longAgo),
        'before the notice was over',
      ],
    ],
  ],
  [
    'a failure that was called off',
    calledOff,
    [
      elsewhere('milestone_release'),
      [
        'it has failed nevertheless',
        () =>
          column(
            'commitments',
            '',
            'status',
            () => 'failed", "resolution": "failure", "resolution_chain_time": "2099-01-01T00:00:00Z',
          ),
        'before the notice was over',
      ],
    ],
  ],
  [
    'a destination that two admins have changed',
    paidToAnother,
    [
      elsewhere('personal_failure'),
      ['one admin alone has changed it', act('admin.destination.change'), 'the signed terms pay it to'],
    ],
  ],
  [
    'strays that were refunded',
    strayRefunded,
    [
      elsewhere('stray_forward'),
      [
        'there is another one',
        () => column('payouts', 'stray_forward', 'part', () => '7'),
        'not the derived one',
      ],
    ],
  ],
];

/** The pot has less by as much, so that all parts still add up. */
function moreForTheTreasury(): Lie {
  const move = (lamports: bigint) => (old: string) => String(BigInt(old) + lamports);
  const [gain, loss] = [1n, -1n];
  return (record) => {
    const more = column('failure_distributions', '', 'treasury_lamports', move(gain))(record);
    return more === null
      ? null
      : column('failure_distributions', '', 'pot_lamports', move(loss))({ ...record, row: more });
  };
}

function plusOne(old: string): string {
  return String(BigInt(old) + 1n);
}

async function reasonsAgainst(pages: readonly ProofPage[]): Promise<string> {
  const lines = await verifyProof([...pages]);
  return lines.flatMap(({ ok, detail }) => (ok === true ? [] : [detail])).join('\n');
}

async function expectNoByteToSpare(pages: readonly ProofPage[], numRuns: number): Promise<void> {
  expect(exitCodeOf(await verifyProof([...pages]))).toBe(0);
  const change = fc.record({ way: fc.constantFrom(...leavesOf(pages)), at: fc.nat() });
  await fc.assert(
    fc.asyncProperty(change, async ({ way, at }) => {
      expect(exitCodeOf(await verifyProof(withOneByteChanged([...pages], way, at)))).not.toBe(0);
    }),
    { numRuns },
  );
}

describe('a proof for strangers', () => {
  it('holds for the real verifier, which speaks to the chain alone, in one page and in many', async () => {
    const made = await released(2);
    const { rpcUrl } = bench.world.chain;
    const whole = await proofOf(bench.world, made.id);
    expect(await verifierSays(whole, '--rpc', rpcUrl)).toEqual({ code: 0, said: 'Everything holds.' });
    const pages = await proofOf(bench.world, made.id, 3);
    expect(pages.length).toBeGreaterThan(2);
    expect(await verifierSays(pages, '--rpc', rpcUrl)).toEqual({ code: 0, said: 'Everything holds.' });
    expect(await verifierSays(pages.slice(0, 2), '--rpc', rpcUrl)).toMatchObject({ code: 2 });
    expect(await verifierSays(pages.toSpliced(1, 1), '--rpc', rpcUrl)).toMatchObject({ code: 1 });
    expect(await verifierSays(whole, '--rpc', 'http://127.0.0.1:1')).toMatchObject({ code: 2 });
  });

  it('is refused when any one byte of it is another one, also without the chain', async () => {
    const made = await claimable(bench.world, bench.market, { lamports: 2n * UNLOCK });
    const pages = await proofOf(bench.world, made.id);
    await expectNoByteToSpare(pages, 60);
  });

  it('is refused when money has left the escrow by a transaction that it does not tell of', async () => {
    const made = await released(2);
    const pages = await proofOf(bench.world, made.id);
    const theft = await stealFrom(bench.world, made, 'another theft', UNLOCK / 2n);
    const verdict = await pollUntil('the theft to be final', async () => {
      const found = await verifierSays(pages, '--rpc', bench.world.chain.rpcUrl);
      return found.code === 0 ? undefined : found;
    });
    expect(verdict.code).toBe(1);
    expect(verdict.said).toContain(`transaction ${theft} left the escrow`);
  });
});

describe.each(ENDINGS)('the proof of %s', (_name, made, lies) => {
  let pages: ProofPage[];
  beforeAll(async () => {
    const ended = await made();
    await finalize(bench.world, ended);
    pages = await proofOf(bench.world, ended.id);
  });

  it('holds before the chain', async () => {
    const said = await verifierSays(pages, '--rpc', bench.world.chain.rpcUrl);
    expect(said).toEqual({ code: 0, said: 'Everything holds.' });
  });

  it('is refused when any one byte of it is another one', async () => {
    await expectNoByteToSpare(pages, 25);
  });

  it('holds when another key has sealed the same, unless one knows the key', async () => {
    const same = retold(pages, ({ row }) => row);
    expect(await reasonsAgainst(same)).toBe('');
    const { code, said } = await verifierSays(same, '--offline', '--key', String(pages[0]?.['signedBy']));
    expect([code, said]).toEqual([1, expect.stringContaining('none of the keys is')]);
  });

  it.each(lies)('is refused when the service itself says that %s', async (_what, lie, refusedFor) => {
    expect(await reasonsAgainst(retold(pages, lie()))).toContain(refusedFor);
  });
});
