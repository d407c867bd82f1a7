import { messageOf } from '../common/errors.js';
import type { DeathQuestion, DeathVerdict, SignatureStatus } from './chain.js';
import { type Control, type Testimony, type Witness, HEIGHT_MARGIN, decideDeath } from './death-proof.js';
import { type RpcEndpoint, toCount } from './rpc-endpoint.js';
import { RpcFailure, toFailure } from './rpc-failure.js';
import type { RpcPool } from './rpc-pool.js';
import { SIGNATURES_PER_CALL, statusesFrom, transactionStatus } from './signature-lookup.js';

/** One testimony takes about a dozen requests, each with its own deadline; all together may take this many deadlines. */
const DEADLINES_PER_TESTIMONY = 3;
/** How far before the finalized slot a block is looked for, where the slots in between were skipped or empty. */
const SLOTS_BACK = [0, 1, 2, 4, 8, 16] as const;
const TRANSACTIONS_AT_ONCE = 8;
const HISTORY_PAGE = 1_000;
const MAX_HISTORY_PAGES = 10;

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
  const finalizedHeightBefore = await finalizedHeight(endpoint);
  const finalizedSlot = toCount(await endpoint.connection.getSlot('finalized'));
  const firstAvailableSlot = toCount(await endpoint.connection.getFirstAvailableBlock());
  const past = finalizedHeightBefore > question.lastValidBlockHeight + HEIGHT_MARGIN;
  const found = past
    ? await findCanary(endpoint, finalizedSlot, question.lastValidBlockHeight)
    : ({ kind: 'none', reason: 'too early to look for a canary' } as const);
  const { statuses, canary } = await lookUp(endpoint, question.signatures, found);
  const transactionsFound = past ? await findByOtherWays(endpoint, question) : [];
  const control: Control =
    found.kind === 'canary' ? { kind: 'canary', blockHeight: found.blockHeight, statuses: canary } : found;
  const finalizedHeightAfter = await finalizedHeight(endpoint);
  return {
    finalizedHeightBefore,
    finalizedSlot,
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
