import { messageOf } from '../common/errors.js';
import type { DeathQuestion, DeathVerdict, SignatureStatus } from './chain.js';
import { type Control, type Testimony, type Witness, HEIGHT_MARGIN, decideDeath } from './death-proof.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure, toFailure } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';
import { SIGNATURES_PER_CALL, statusesFrom } from './signature-lookup.js';

/** One testimony takes about ten requests, each with its own deadline; all together may take this many deadlines. */
const DEADLINES_PER_TESTIMONY = 3;
/** How far before the finalized slot a block is looked for, where the slots in between were skipped or empty. */
const SLOTS_BACK = [0, 1, 2, 4, 8, 16] as const;
const TRANSACTIONS_AT_ONCE = 8;

/** Asks every configured endpoint, cooling down or not, and decides. Never throws. */
export async function proveDead(pool: RpcPool, question: DeathQuestion): Promise<DeathVerdict> {
  try {
    const patience = pool.timeoutMs * DEADLINES_PER_TESTIMONY;
    const witnesses = pool.endpoints.map((endpoint) => hear(endpoint, question, patience));
    return decideDeath(question, await Promise.all(witnesses));
  } catch (error) {
    return { verdict: 'unknown', reason: messageOf(error) };
  }
}

async function hear(endpoint: RpcEndpoint, question: DeathQuestion, patienceMs: number): Promise<Witness> {
  try {
    const testimony = await endpoint.ask(() => testify(endpoint, question), patienceMs);
    return { endpoint: endpoint.label, testimony };
  } catch (error) {
    return { endpoint: endpoint.label, silence: toFailure(error).reason };
  }
}

/** The order matters: were the statuses read before the height, a transaction could land in between. */
async function testify(endpoint: RpcEndpoint, question: DeathQuestion): Promise<Testimony> {
  const finalizedSlot = toCount(await endpoint.connection.getSlot('finalized'));
  const finalizedHeightBefore = await finalizedHeight(endpoint);
  const firstAvailableSlot = toCount(await endpoint.connection.getFirstAvailableBlock());
  const past = finalizedHeightBefore > question.lastValidBlockHeight + HEIGHT_MARGIN;
  const found = past
    ? await findCanary(endpoint, finalizedSlot, question.lastValidBlockHeight)
    : ({ kind: 'none', reason: 'too early to look for a canary' } as const);
  const { statuses, canary } = await lookUp(endpoint, question.signatures, found);
  const transactionsFound = past ? await findTransactions(endpoint, question.signatures) : [];
  const control: Control =
    found.kind === 'canary' ? { kind: 'canary', blockHeight: found.blockHeight, statuses: canary } : found;
  const finalizedHeightAfter = await finalizedHeight(endpoint);
  return {
    finalizedHeightBefore,
    firstAvailableSlot,
    control,
    statuses,
    transactionsFound,
    finalizedHeightAfter,
  };
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
): Promise<{ statuses: SignatureStatus[]; canary: SignatureStatus[] }> {
  const statuses: SignatureStatus[] = [];
  const canary: SignatureStatus[] = [];
  const extra = found.kind === 'canary' ? [found.signature] : [];
  const step = SIGNATURES_PER_CALL - 1;
  for (let start = 0; start < signatures.length; start += step) {
    const chunk = signatures.slice(start, start + step);
    const answer = await statusesFrom(endpoint, [...chunk, ...extra], true);
    statuses.push(...answer.slice(0, chunk.length));
    canary.push(...answer.slice(chunk.length));
  }
  return { statuses, canary };
}

/** A second look at the ledger by another way: a node that forgets a status still shows the transaction. */
async function findTransactions(endpoint: RpcEndpoint, signatures: readonly string[]): Promise<string[]> {
  const options = { commitment: 'confirmed', encoding: 'base64', maxSupportedTransactionVersion: 0 };
  const found: string[] = [];
  for (let start = 0; start < signatures.length; start += TRANSACTIONS_AT_ONCE) {
    const chunk = signatures.slice(start, start + TRANSACTIONS_AT_ONCE);
    const answers = await Promise.all(
      chunk.map((signature) => endpoint.request('getTransaction', [signature, options])),
    );
    found.push(...chunk.filter((_, index) => answers[index] !== null));
  }
  return found;
}
