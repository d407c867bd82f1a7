import type { Chain, HistoryEntry } from '#src/chain/port/chain.js';
import { inParallel } from '#src/common/in-parallel.js';
import { type AnchoredSeal, mayBeAnchor, parseAnchorMemo } from './audit-anchor.js';

/** An anchor as the chain keeps it. */
export interface ChainAnchor extends AnchoredSeal {
  readonly signature: string;
  readonly slot: bigint;
}

type AnchorChain = Pick<Chain, 'history' | 'finalizedMemo'>;

const WIDTH = 4;

/**
 * The anchors that a wallet has signed and paid, newest first, page by page. What strangers write about it does not count, for
 * anybody can name an address in a transaction of his own.
 * @throws RpcUnavailableError
 */
export async function* anchorsOf(chain: AnchorChain, feePayer: string): AsyncGenerator<ChainAnchor[]> {
  for (let before: string | undefined; ;) {
    const page = await chain.history(feePayer, before);
    yield await openAnchors(chain, feePayer, page);
    if (page.length === 0) return;
    before = page.at(-1)?.signature;
  }
}

async function openAnchors(
  chain: AnchorChain,
  feePayer: string,
  page: readonly HistoryEntry[],
): Promise<ChainAnchor[]> {
  const candidates = page.filter(({ failed, memos }) => !failed && mayBeAnchor(memos));
  const anchors = new Map<string, ChainAnchor>();
  await inParallel(candidates, WIDTH, async ({ signature, slot }) => {
    const found = await chain.finalizedMemo(signature);
    const seal = found?.feePayer === feePayer ? parseAnchorMemo(found.memo) : null;
    if (seal !== null) anchors.set(signature, { ...seal, signature, slot });
  });
  return candidates.flatMap(({ signature }) => anchors.get(signature) ?? []);
}
