import { messageOf } from '#src/common/errors/errors.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import type { Control, DeathFinding, DeathQuestion, Testimony, Witness } from '#src/chain/port/death.js';
import { isBlockhashValid } from '#src/chain/rpc/blockhash-reads.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure, toFailure } from '#src/chain/rpc/rpc-failure.js';
import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';
import { type Circumstances, decideDeath, HEIGHT_MARGIN } from './death-proof.js';
import { SIGNATURES_PER_CALL, statusesFrom, transactionStatus } from './signature-lookup.js';

/** One testimony takes about a dozen requests, each with its own deadline; all together may take this many deadlines. */
const DEADLINES_PER_TESTIMONY = 3;
/** How far before the finalized slot a block is looked for, where the slots in between were skipped or empty. */
const SLOTS_BACK = [0, 1, 2, 4, 8, 16] as const;
const TRANSACTIONS_AT_ONCE = 8;
const HISTORY_PAGE = 1_000;
const MAX_HISTORY_PAGES = 10;

/** Asks every configured endpoint, cooling down or not, and decides. Never throws. */
export async function proveDead(
  pool: RpcPool,
  question: DeathQuestion,
  circumstances: Omit<Circumstances, 'voices'>,
): Promise<DeathFinding> {
  try {
    const patience = pool.timeoutMs * DEADLINES_PER_TESTIMONY;
    const witnesses = await Promise.all(pool.endpoints.map((endpoint) => hear(endpoint, question, patience)));
    const verdict = decideDeath(question, witnesses, { ...circumstances, voices: pool.voices.length });
    return { ...verdict, witnesses };
  } catch (error) {
    return { verdict: 'unknown', reason: messageOf(error), witnesses: [] };
  }
}

async function hear(endpoint: RpcEndpoint, question: DeathQuestion, patienceMs: number): Promise<Witness> {
  const { label, voice, red } = endpoint;
  if (red !== null) return { endpoint: label, voice, silence: red };
  try {
    const testimony = await endpoint.ask(() => testify(endpoint, question), patienceMs);
    return { endpoint: label, voice, testimony };
  } catch (error) {
    return { endpoint: label, voice, silence: toFailure(error).reason };
  }
}

/** The order matters: were the statuses read before the height, a transaction could land in between. */
async function testify(endpoint: RpcEndpoint, question: DeathQuestion): Promise<Testimony> {
  const finalizedHeightBefore = await finalizedHeight(endpoint);
  const finalizedSlot = toCount(await endpoint.connection.getSlot('finalized'));
  const firstAvailableSlot = toCount(await endpoint.connection.getFirstAvailableBlock());
  const past = finalizedHeightBefore > question.lastValidBlockHeight + HEIGHT_MARGIN;
  const found = past
    ? await findCanary(endpoint, finalizedSlot, question.lastValidBlockHeight)
    : ({ kind: 'none', reason: 'too early to look for a canary' } as const);
  const { statuses, canary, slot: statusSlot } = await lookUp(endpoint, question.signatures, found);
  const transactionsFound = past ? await findByOtherWays(endpoint, question) : [];
  const validBlockhashes = past ? await findValid(endpoint, question.blockhashes) : [];
  const control: Control =
    found.kind === 'canary' ? { kind: 'canary', blockHeight: found.blockHeight, statuses: canary } : found;
  const finalizedHeightAfter = await finalizedHeight(endpoint);
  return {
    finalizedHeightBefore,
    finalizedSlot,
    firstAvailableSlot,
    control,
    statuses,
    statusSlot,
    transactionsFound,
    validBlockhashes,
    finalizedHeightAfter,
  };
}

/** A veto only: a node that lags calls a living blockhash invalid, and one without the method says nothing. */
async function findValid(endpoint: RpcEndpoint, blockhashes: readonly string[]): Promise<string[]> {
  const newest = blockhashes.slice(-1);
  const answers = await Promise.all(
    newest.map((blockhash) => isBlockhashValid(endpoint, blockhash).catch(() => false)),
  );
  return newest.filter((_, index) => answers[index]);
}

export async function finalizedHeight(endpoint: RpcEndpoint): Promise<bigint> {
  return toCount(await endpoint.request('getBlockHeight', [{ commitment: 'finalized' }]));
}

type Found =
  | { readonly kind: 'canary'; readonly signature: string; readonly blockHeight: bigint }
  | Exclude<Control, { kind: 'canary' }>;

/** A signature out of the youngest finalized blocks. Empty only if at least one block was seen and all seen were empty. */
async function findCanary(endpoint: RpcEndpoint, slot: bigint, lastValidHeight: bigint): Promise<Found> {
  let seenEmpty = false;
  for (const back of SLOTS_BACK) {
    const block = slot < BigInt(back) ? null : await readBlock(endpoint, slot - BigInt(back));
    if (block === null) continue;
    if (block.height <= lastValidHeight) {
      if (seenEmpty) break;
      return {
        kind: 'none',
        reason: `finalized block has height ${block.height}, below the node's own count`,
      };
    }
    const [signature] = block.signatures;
    if (signature !== undefined) return { kind: 'canary', signature, blockHeight: block.height };
    seenEmpty = true;
  }
  return seenEmpty ? { kind: 'empty_block' } : { kind: 'none', reason: 'no finalized block could be read' };
}

interface Block {
  readonly height: bigint;
  readonly signatures: readonly string[];
}

/** Null for a skipped slot or a block that the node does not give; an endpoint that fails altogether throws. */
async function readBlock(endpoint: RpcEndpoint, slot: bigint): Promise<Block | null> {
  const options = {
    commitment: 'finalized',
    transactionDetails: 'signatures',
    rewards: false,
    maxSupportedTransactionVersion: 0,
  };
  try {
    return toBlock(await endpoint.request('getBlock', [Number(slot), options]));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.isOutage) throw failure;
    return null;
  }
}

function toBlock(answer: unknown): Block | null {
  if (answer === null) return null;
  const { blockHeight, signatures } = answer as { blockHeight?: unknown; signatures?: unknown };
  if (!Array.isArray(signatures) || !signatures.every((item) => typeof item === 'string')) {
    throw new RpcFailure('malformed', 'a block without its signatures');
  }
  return { height: toCount(blockHeight), signatures };
}

/** Every request carries the canary along, so that each answer is checked by itself. */
async function lookUp(
  endpoint: RpcEndpoint,
  signatures: readonly string[],
  found: Found,
): Promise<{ statuses: SignatureStatus[]; canary: SignatureStatus[]; slot: bigint }> {
  const statuses: SignatureStatus[] = [];
  const canary: SignatureStatus[] = [];
  const slots: bigint[] = [];
  const extra = found.kind === 'canary' ? [found.signature] : [];
  const step = SIGNATURES_PER_CALL - 1;
  for (let start = 0; start < signatures.length; start += step) {
    const chunk = signatures.slice(start, start + step);
    const answer = await statusesFrom(endpoint, [...chunk, ...extra], true);
    statuses.push(...answer.statuses.slice(0, chunk.length));
    canary.push(...answer.statuses.slice(chunk.length));
    slots.push(answer.slot);
  }
  return { statuses, canary, slot: slots.reduce((low, slot) => (slot < low ? slot : low), slots[0] ?? 0n) };
}

/** Two more looks at the ledger: a node that forgets a status still shows the transaction, or lists it at the account. */
async function findByOtherWays(endpoint: RpcEndpoint, question: DeathQuestion): Promise<string[]> {
  const shown = await findTransactions(endpoint, question.signatures);
  return shown.length > 0 ? shown : findAtAccount(endpoint, question);
}

async function findTransactions(endpoint: RpcEndpoint, signatures: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < signatures.length; start += TRANSACTIONS_AT_ONCE) {
    const chunk = signatures.slice(start, start + TRANSACTIONS_AT_ONCE);
    const answers = await Promise.all(chunk.map((signature) => transactionStatus(endpoint, signature)));
    found.push(...chunk.filter((_, index) => answers[index]?.state !== 'absent'));
  }
  return found;
}

/** Walks back through everything that touched the account since the oldest blockhash was fetched. */
async function findAtAccount(endpoint: RpcEndpoint, question: DeathQuestion): Promise<string[]> {
  let before: string | undefined;
  for (let page = 0; page < MAX_HISTORY_PAGES; page += 1) {
    const entries = await readHistory(endpoint, question.source, before);
    const found = entries.find(({ signature }) => question.signatures.includes(signature));
    if (found !== undefined) return [found.signature];
    const last = entries.at(-1);
    if (entries.length < HISTORY_PAGE || last === undefined || last.slot < question.oldestSlot) return [];
    before = last.signature;
  }
  throw new RpcFailure('behind', 'the account has too much history to be searched');
}

async function readHistory(
  endpoint: RpcEndpoint,
  source: string,
  before: string | undefined,
): Promise<{ readonly signature: string; readonly slot: bigint }[]> {
  const options = {
    commitment: 'confirmed',
    limit: HISTORY_PAGE,
    ...(before === undefined ? {} : { before }),
  };
  const answer = await endpoint.request('getSignaturesForAddress', [source, options]);
  if (!Array.isArray(answer)) throw new RpcFailure('malformed', 'the history of an account is no list');
  return (answer as { signature?: unknown; slot?: unknown }[]).map(({ signature, slot }) => {
    if (typeof signature !== 'string') throw new RpcFailure('malformed', 'a history entry has no signature');
    return { signature, slot: toCount(slot) };
  });
}
