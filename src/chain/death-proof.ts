import type { DeathQuestion, DeathVerdict, SignatureStatus } from './chain.js';

/**
 * Blocks beyond lastValidBlockHeight that we wait for although the protocol needs none: they cost seconds, and they
 * forgive a node whose count is off.
 */
export const HEIGHT_MARGIN = 32n;
/** Two endpoints have to agree where two are configured. */
const WITNESSES_NEEDED = 2;

/**
 * What shows that the node that gave the statuses has really rooted a block that is too young for our signatures.
 * - `canary`: a foreign signature out of such a block, asked for in the same request as ours.
 * - `empty_block`: the blocks looked at hold no transactions (an idle chain), so there is no canary.
 * - `none`: neither was found.
 */
export type Control =
  | { readonly kind: 'canary'; readonly blockHeight: bigint; readonly statuses: readonly SignatureStatus[] }
  | { readonly kind: 'empty_block' }
  | { readonly kind: 'none'; readonly reason: string };

/** The answers of one endpoint, in the order in which they were asked for. */
export interface Testimony {
  readonly finalizedHeightBefore: bigint;
  /** Asked for after the height above, so its block is at least as high. */
  readonly finalizedSlot: bigint;
  /** The oldest block this node still has. */
  readonly firstAvailableSlot: bigint;
  readonly control: Control;
  /** With history, one for each signature of the question, in order. */
  readonly statuses: readonly SignatureStatus[];
  /** Signatures of the question that the node can show the transaction of. */
  readonly transactionsFound: readonly string[];
  readonly finalizedHeightAfter: bigint;
}

/** One configured endpoint: what it said, or why it said nothing. */
export type Witness =
  | { readonly endpoint: string; readonly testimony: Testimony }
  | { readonly endpoint: string; readonly silence: string };

type Rule = 'canary' | 'idle_chain';
type Proof = { readonly rule: Rule; readonly height: bigint } | { readonly doubt: string };

/**
 * Whether none of the signatures can ever land. Dead only if every endpoint that answered proves it, if at least two do
 * where two are configured, and if nobody knows any of the signatures. Everything else is unknown.
 * @param witnesses one for every configured endpoint.
 */
export function decideDeath(question: DeathQuestion, witnesses: readonly Witness[]): DeathVerdict {
  if (question.signatures.length === 0) return unknown('no signatures to prove anything about');
  if (witnesses.length === 0) return unknown('no RPC endpoint is configured');
  const spoke = witnesses.filter((witness) => 'testimony' in witness);
  const sighting = findSighting(question, spoke);
  if (sighting !== null) return sighting;
  const proofs: { rule: Rule; height: bigint }[] = [];
  for (const { endpoint, testimony } of spoke) {
    const proof = examine(question, testimony);
    if ('doubt' in proof) return unknown(`${endpoint}: ${proof.doubt}`);
    proofs.push(proof);
  }
  if (proofs.length < Math.min(WITNESSES_NEEDED, witnesses.length)) return unknown(silences(witnesses));
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

/** Any endpoint that knows any of the signatures ends the question: finalized is landed, less is not decided yet. */
function findSighting(
  question: DeathQuestion,
  spoke: readonly { readonly endpoint: string; readonly testimony: Testimony }[],
): DeathVerdict | null {
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
    control.statuses.length > 0 && control.statuses.every((status) => status.state === 'finalized');
  return rooted ? null : { doubt: 'the node that gave the statuses has not finalized the canary' };
}

function silences(witnesses: readonly Witness[]): string {
  const silent = witnesses.flatMap((witness) =>
    'silence' in witness ? [`${witness.endpoint}: ${witness.silence}`] : [],
  );
  return `too few endpoints could be asked; ${silent.join('; ')}`;
}

function unknown(reason: string): DeathVerdict {
  return { verdict: 'unknown', reason };
}
