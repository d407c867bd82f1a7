import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import type { Control, DeathQuestion, DeathVerdict, Testimony, Witness } from '#src/chain/port/death.js';

/**
 * Blocks beyond lastValidBlockHeight that we wait for although the protocol needs none: they cost seconds, and they
 * forgive a node whose count is off.
 */
export const HEIGHT_MARGIN = 32n;
/** Two voices have to agree where two are configured. */
const WITNESSES_NEEDED = 2;
const MIN_AGE_MS = 90_000;
/** One voice could tell any height: the time is what it cannot make pass. */
const MIN_AGE_ALONE_MS = 180_000;

/** What the proof is measured against, beside the answers. */
export interface Circumstances {
  /** How long ago the youngest signature was made. */
  readonly ageMs: number;
  /** How many voices are configured, silent ones included. */
  readonly voices: number;
  /** The cluster of this machine alone: its slots are as short as somebody likes. */
  readonly isLocal: boolean;
}

type Rule = 'canary' | 'idle_chain';
type Proof = { readonly rule: Rule; readonly height: bigint } | { readonly doubt: string };
type Spoke = Extract<Witness, { readonly testimony: Testimony }>;

/**
 * Whether none of the signatures can ever land. Dead only if every endpoint that answered proves it by its own figures, if at
 * least two voices do where two are configured, if enough time has passed, and if nobody knows any of the signatures. Everything
 * else is unknown.
 * @param witnesses one for every configured endpoint.
 */
export function decideDeath(
  question: DeathQuestion,
  witnesses: readonly Witness[],
  circumstances: Circumstances,
): DeathVerdict {
  if (question.signatures.length === 0) return unknown('no signatures to prove anything about');
  if (witnesses.length === 0) return unknown('no RPC endpoint is configured');
  const spoke = witnesses.filter((witness): witness is Spoke => 'testimony' in witness);
  const sighting = findSighting(question, spoke);
  if (sighting !== null) return sighting;
  const age = tooYoung(circumstances, question.oneWitness === true);
  if (age !== null) return unknown(age);
  const proofs: { rule: Rule; height: bigint; voice: string }[] = [];
  for (const { endpoint, voice, testimony } of spoke) {
    const proof = examine(question, testimony);
    if ('doubt' in proof) return unknown(`${endpoint}: ${proof.doubt}`);
    proofs.push({ ...proof, voice });
  }
  const needed = question.oneWitness === true ? 1 : Math.min(WITNESSES_NEEDED, circumstances.voices);
  if (new Set(proofs.map(({ voice }) => voice)).size < needed) return unknown(silences(witnesses));
  return {
    verdict: 'dead',
    finalizedHeight: proofs.reduce(
      (least, { height }) => (height < least ? height : least),
      proofs[0]?.height ?? 0n,
    ),
    slot: spoke.reduce(
      (newest, { testimony: { finalizedSlot } }) => (finalizedSlot > newest ? finalizedSlot : newest),
      0n,
    ),
    rule: proofs.every(({ rule }) => rule === 'canary') ? 'canary' : 'idle_chain',
  };
}

function tooYoung({ ageMs, voices, isLocal }: Circumstances, oneWitness: boolean): string | null {
  if (isLocal) return null;
  const needed = voices === 1 || oneWitness ? MIN_AGE_ALONE_MS : MIN_AGE_MS;
  if (ageMs >= needed) return null;
  return `signed ${Math.floor(ageMs / 1000)} s ago; nothing is called dead before ${needed / 1000} s`;
}

/** Any endpoint that knows any of the signatures ends the question: finalized is landed, less is not decided yet. */
function findSighting(question: DeathQuestion, spoke: readonly Spoke[]): DeathVerdict | null {
  for (const { testimony } of spoke) {
    const landed = testimony.statuses.findIndex((status) => status.state === 'finalized');
    const signature = question.signatures[landed];
    if (signature !== undefined) return { verdict: 'landed', signature };
  }
  for (const { endpoint, testimony } of spoke) {
    const seen = testimony.statuses.find((status) => status.state !== 'absent');
    if (seen) return unknown(`${endpoint}: a signature is ${seen.state}, not finalized yet`);
    const [found] = testimony.transactionsFound;
    if (found !== undefined)
      return unknown(`${endpoint}: shows the transaction of ${found} but no status for it`);
    if (testimony.validBlockhashes.length > 0) return unknown(`${endpoint}: calls its blockhash still valid`);
  }
  return null;
}

/** Whether one endpoint's answers alone prove that it can never root a block with one of the signatures. */
function examine(question: DeathQuestion, testimony: Testimony): Proof {
  const { finalizedHeightBefore: before, finalizedHeightAfter: after, control, statuses } = testimony;
  const bound = question.lastValidBlockHeight + HEIGHT_MARGIN;
  if (statuses.length !== question.signatures.length) return { doubt: 'statuses are missing' };
  if (before <= bound || after <= bound)
    return { doubt: `finalized height ${before < after ? before : after} is not past ${bound}` };
  if (testimony.firstAvailableSlot > question.oldestSlot)
    return {
      doubt: `its history begins at slot ${testimony.firstAvailableSlot}, after ${question.oldestSlot}`,
    };
  // Behind a load balancer another node may give the statuses than gave the heights.
  if (testimony.statusSlot < testimony.finalizedSlot)
    return { doubt: `statuses of slot ${testimony.statusSlot} are older than ${testimony.finalizedSlot}` };
  if (control.kind === 'none') return { doubt: control.reason };
  if (control.kind === 'empty_block') return { rule: 'idle_chain', height: before };
  return examineCanary(question, control) ?? { rule: 'canary', height: before };
}

function examineCanary(
  question: DeathQuestion,
  control: Control & { kind: 'canary' },
): { readonly doubt: string } | null {
  if (control.blockHeight <= question.lastValidBlockHeight) {
    return { doubt: `the canary's block has height ${control.blockHeight}, not past the signatures' life` };
  }
  const rooted =
    control.statuses.length > 0 &&
    control.statuses.every((status: SignatureStatus) => status.state === 'finalized');
  return rooted ? null : { doubt: 'the node that gave the statuses has not finalized the canary' };
}

function silences(witnesses: readonly Witness[]): string {
  const silent = witnesses.flatMap((witness) =>
    'silence' in witness ? [`${witness.endpoint}: ${witness.silence}`] : [],
  );
  return `too few voices could be asked; ${silent.join('; ')}`;
}

function unknown(reason: string): DeathVerdict {
  return { verdict: 'unknown', reason };
}
