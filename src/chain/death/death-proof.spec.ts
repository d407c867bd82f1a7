import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import type { DeathQuestion, Testimony, Witness } from '#src/chain/port/death.js';
import { type Circumstances, HEIGHT_MARGIN, decideDeath as decide } from './death-proof.js';

const question: DeathQuestion = {
  signatures: ['first', 'second'],
  blockhashes: ['hash'],
  source: 'escrow',
  lastValidBlockHeight: 1_000n,
  oldestSlot: 5_000n,
  signedAt: new Date(0),
};
const BOUND = question.lastValidBlockHeight + HEIGHT_MARGIN;
const absent: SignatureStatus = { state: 'absent' };
const at = (
  state: 'processed' | 'confirmed' | 'finalized',
  error: string | null = null,
): SignatureStatus => ({
  state,
  slot: 5_100n,
  error,
});

const sound: Testimony = {
  finalizedHeightBefore: BOUND + 1n,
  finalizedSlot: 6_000n,
  firstAvailableSlot: 5_000n,
  control: { kind: 'canary', blockHeight: 1_001n, statuses: [at('finalized')] },
  statuses: [absent, absent],
  statusSlot: 6_000n,
  transactionsFound: [],
  validBlockhashes: [],
  finalizedHeightAfter: BOUND + 1n,
};
const idle: Testimony = { ...sound, control: { kind: 'empty_block' } };

/** Each one alone forbids the verdict. */
const DEFECTS: Readonly<Record<string, Partial<Testimony>>> = {
  'height at the bound before': { finalizedHeightBefore: BOUND },
  'height at the bound after': { finalizedHeightAfter: BOUND },
  'height lags far behind': { finalizedHeightBefore: 0n, finalizedHeightAfter: 0n },
  'history begins too late': { firstAvailableSlot: 5_001n },
  'canary unknown to the node': { control: { kind: 'canary', blockHeight: 1_001n, statuses: [absent] } },
  'canary processed': { control: { kind: 'canary', blockHeight: 1_001n, statuses: [at('processed')] } },
  'canary confirmed': { control: { kind: 'canary', blockHeight: 1_001n, statuses: [at('confirmed')] } },
  'canary never asked for': { control: { kind: 'canary', blockHeight: 1_001n, statuses: [] } },
  'one of two canary answers missing': {
    control: { kind: 'canary', blockHeight: 1_001n, statuses: [at('finalized'), absent] },
  },
  'canary from a block within their life': {
    control: { kind: 'canary', blockHeight: 1_000n, statuses: [at('finalized')] },
  },
  'no block to be read': { control: { kind: 'none', reason: 'skipped' } },
  'first signature processed': { statuses: [at('processed'), absent] },
  'second signature confirmed': { statuses: [absent, at('confirmed')] },
  'second signature finalized': { statuses: [absent, at('finalized')] },
  'signature finalized with an error': {
    statuses: [at('finalized', '{"InstructionError":[2,"x"]}'), absent],
  },
  'a status missing': { statuses: [absent] },
  'no statuses': { statuses: [] },
  'transaction shown without status': { transactionsFound: ['second'] },
  'statuses of a bank that is older than the height': { statusSlot: 5_999n },
  'blockhash still called valid': { validBlockhashes: ['hash'] },
};

const speaks = (testimony: Testimony, endpoint = 'a', voice = endpoint): Witness => ({
  endpoint,
  voice,
  testimony,
});
const silent = (endpoint = 'b'): Witness => ({
  endpoint,
  voice: endpoint,
  silence: 'no answer before the deadline',
});
/** Long after the signing; every witness is a voice of its own unless said otherwise. */
const decideDeath = (
  asked: DeathQuestion,
  witnesses: readonly Witness[],
  other: Partial<Circumstances> = {},
) =>
  decide(
    asked,
    other.voices === undefined ? witnesses.map((one, i) => ({ ...one, voice: `v${i}` })) : witnesses,
    { ageMs: 180_000, voices: witnesses.length, isLocal: false, ...other },
  );

describe('T1: the circumstances of a proof', () => {
  const two = [speaks(sound), speaks(sound, 'b')];

  it.each([
    [two, { voices: 2, ageMs: 89_999 }, 'unknown'],
    [two, { voices: 2, ageMs: 90_000 }, 'dead'],
    [[speaks(sound)], { voices: 1, ageMs: 179_999 }, 'unknown'],
    [[speaks(sound)], { voices: 1, ageMs: 180_000 }, 'dead'],
    [[speaks(sound)], { voices: 1, ageMs: 0, isLocal: true }, 'dead'],
  ] as const)('%# time', (witnesses, circumstances, verdict) => {
    expect(decideDeath(question, witnesses, circumstances)).toMatchObject({ verdict });
  });

  it('two endpoints of one provider are one witness', () => {
    const same = [speaks(sound, 'a', 'one'), speaks(sound, 'b', 'one'), silent('c')];
    expect(decideDeath(question, same, { voices: 2 })).toMatchObject({ verdict: 'unknown' });
    expect(decideDeath(question, same.slice(0, 2), { voices: 1 })).toMatchObject({ verdict: 'dead' });
  });

  it('an admin may decide by one witness, which is never one that doubts', () => {
    const alone = { ...question, oneWitness: true };
    expect(decideDeath(alone, [speaks(sound), silent()])).toMatchObject({ verdict: 'dead' });
    const doubting = speaks({ ...sound, firstAvailableSlot: 5_001n }, 'b');
    expect(decideDeath(alone, [speaks(sound), doubting])).toMatchObject({ verdict: 'unknown' });
  });
});

describe('decideDeath', () => {
  it('declares dead by the canary rule', () => {
    const verdict = { verdict: 'dead', finalizedHeight: BOUND + 1n, slot: 6_000n, rule: 'canary' };
    expect(decideDeath(question, [speaks(sound)])).toEqual(verdict);
    const later = { ...sound, finalizedSlot: 6_001n, statusSlot: 6_001n };
    expect(decideDeath(question, [speaks(later), speaks(sound, 'b')])).toEqual({ ...verdict, slot: 6_001n });
  });

  it('names the weaker rule when any endpoint needed it', () => {
    expect(decideDeath(question, [speaks(idle)])).toMatchObject({ verdict: 'dead', rule: 'idle_chain' });
    const mixed = decideDeath(question, [speaks(sound), speaks(idle, 'b')]);
    expect(mixed).toMatchObject({ verdict: 'dead', rule: 'idle_chain' });
  });

  it('answers the lowest height that was proven', () => {
    const higher = { ...sound, finalizedHeightBefore: BOUND + 50n, finalizedHeightAfter: BOUND + 60n };
    expect(decideDeath(question, [speaks(higher), speaks(sound, 'b')])).toMatchObject({
      finalizedHeight: BOUND + 1n,
    });
  });

  it.each(Object.keys(DEFECTS))('M16: is not dead with one endpoint: %s', (name) => {
    expect(decideDeath(question, [speaks({ ...sound, ...DEFECTS[name] })]).verdict).not.toBe('dead');
  });

  it.each(Object.keys(DEFECTS))('M16: one doubting endpoint is enough to wait: %s', (name) => {
    const doubting = { ...sound, ...DEFECTS[name] };
    for (const order of [
      [speaks(sound), speaks(doubting, 'b')],
      [speaks(doubting), speaks(sound, 'b')],
      [speaks(sound), speaks(sound, 'b'), speaks(doubting, 'c')],
    ]) {
      expect(decideDeath(question, order).verdict).not.toBe('dead');
    }
  });

  it('M1: a signature that one endpoint has finalized has landed, whatever the others say', () => {
    const knows = { ...sound, statuses: [absent, at('finalized')] };
    for (const order of [
      [speaks(knows)],
      [speaks(sound), speaks(knows, 'b')],
      [speaks({ ...sound, statuses: [at('processed'), absent] }), speaks(knows, 'b')],
      [silent('a'), speaks(knows)],
    ]) {
      expect(decideDeath(question, order)).toEqual({ verdict: 'landed', signature: 'second' });
    }
  });

  it('M3: a transaction that landed with an error has landed', () => {
    const failed = { ...sound, statuses: [at('finalized', '{"InstructionError":[2,{"Custom":1}]}'), absent] };
    expect(decideDeath(question, [speaks(failed)])).toEqual({ verdict: 'landed', signature: 'first' });
  });

  it('M16: "could not ask" is unknown: two must agree where two are configured', () => {
    expect(decideDeath(question, [silent()])).toMatchObject({ verdict: 'unknown' });
    const verdict = decideDeath(question, [speaks(sound), silent()]);
    expect(verdict).toEqual({
      verdict: 'unknown',
      reason: 'too few voices could be asked; b: no answer before the deadline',
    });
    expect(decideDeath(question, [speaks(sound), speaks(sound, 'c'), silent()]).verdict).toBe('dead');
  });

  it('proves nothing about nothing, and nothing without endpoints', () => {
    expect(decideDeath({ ...question, signatures: [] }, [speaks({ ...sound, statuses: [] })]).verdict).toBe(
      'unknown',
    );
    expect(decideDeath(question, []).verdict).toBe('unknown');
  });

  it('property: dead only under every condition of the rule', () => {
    fc.assert(
      fc.property(fc.array(anyWitness, { maxLength: 4 }), (witnesses) => {
        const verdict = decideDeath(question, witnesses);
        const told = witnesses.flatMap((witness) => ('testimony' in witness ? [witness.testimony] : []));
        const proven = told.every((testimony) => isProof(testimony));
        const enough = told.length >= Math.min(2, witnesses.length) && told.length > 0;
        expect(verdict.verdict === 'dead').toBe(proven && enough);
        const finalized = told.some(({ statuses }) => statuses.slice(0, 2).some(isFinalized));
        expect(verdict.verdict === 'landed').toBe(finalized);
      }),
      { numRuns: 3_000 },
    );
  });

  it('property: an endpoint more never turns waiting into dead, save by making up the number', () => {
    fc.assert(
      fc.property(fc.array(anyWitness, { minLength: 2, maxLength: 4 }), anyTestimony, (witnesses, more) => {
        const told = witnesses.filter((witness) => 'testimony' in witness);
        if (told.length < 2 || decideDeath(question, witnesses).verdict === 'dead') return;
        expect(decideDeath(question, [...witnesses, speaks(more, 'more')]).verdict).not.toBe('dead');
      }),
      { numRuns: 2_000 },
    );
  });
});

const isFinalized = (status: SignatureStatus) => status.state === 'finalized';

/** The rule once more, written independently. */
function isProof(testimony: Testimony): boolean {
  const { control } = testimony;
  const controlled =
    control.kind === 'empty_block' ||
    (control.kind === 'canary' &&
      control.blockHeight >= 1_001n &&
      control.statuses.length > 0 &&
      !control.statuses.some((status) => !isFinalized(status)));
  return (
    controlled &&
    testimony.finalizedHeightBefore >= 1_033n &&
    testimony.finalizedHeightAfter >= 1_033n &&
    testimony.firstAvailableSlot <= 5_000n &&
    testimony.transactionsFound.length === 0 &&
    testimony.validBlockhashes.length === 0 &&
    testimony.statusSlot >= testimony.finalizedSlot &&
    testimony.statuses.filter((status) => status.state === 'absent').length === 2 &&
    testimony.statuses.length === 2
  );
}

const anyStatus = fc.constantFrom(
  absent,
  absent,
  absent,
  absent,
  at('processed'),
  at('confirmed'),
  at('finalized'),
);
const anyHeight = fc.constantFrom(0n, 1_000n, BOUND, BOUND + 1n, BOUND + 1n, BOUND + 1n, 9_999n);
const anyTestimony: fc.Arbitrary<Testimony> = fc.oneof(
  fc.constantFrom(sound, idle),
  fc.constantFrom(...Object.values(DEFECTS)).map((defect) => Object.assign({}, sound, defect)),
  fc.record({
    finalizedHeightBefore: anyHeight,
    finalizedHeightAfter: anyHeight,
    finalizedSlot: fc.constantFrom(0n, 6_000n),
    firstAvailableSlot: fc.constantFrom(0n, 5_000n, 5_000n, 5_001n),
    transactionsFound: fc.constantFrom<string[]>([], [], [], ['first']),
    statusSlot: fc.constantFrom(5_999n, 6_000n, 6_000n),
    validBlockhashes: fc.constantFrom<string[]>([], [], [], ['hash']),
    statuses: fc.oneof(fc.constant([absent, absent]), fc.array(anyStatus, { maxLength: 2 })),
    control: fc.oneof(
      fc.constant({ kind: 'empty_block' as const }),
      fc.constant({ kind: 'none' as const, reason: 'skipped' }),
      fc.record({
        kind: fc.constant('canary' as const),
        blockHeight: fc.constantFrom(999n, 1_000n, 1_001n, 2_000n),
        statuses: fc.oneof(fc.constant([at('finalized')]), fc.array(anyStatus, { maxLength: 2 })),
      }),
    ),
  }),
);
const anyWitness: fc.Arbitrary<Witness> = fc.oneof(
  { weight: 4, arbitrary: anyTestimony.map((testimony) => speaks(testimony)) },
  { weight: 1, arbitrary: fc.constant(silent()) },
);
