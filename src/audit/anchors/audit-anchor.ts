/** The memo that ties the hash chain of the audit log to the chain. */

export interface AnchoredSeal {
  readonly sealId: string;
  /** Hex. */
  readonly hash: string;
  /** That the seal is signed with, base58: the first anchor of a fee payer says which key is the log's. */
  readonly publicKey: string;
}

const MEMO = /^cts-audit:([1-9]\d{0,18}):([0-9a-f]{64}):([1-9A-HJ-NP-Za-km-z]{32,44})$/;

export function anchorMemo({ sealId, hash, publicKey }: AnchoredSeal): string {
  return `cts-audit:${sealId}:${hash}:${publicKey}`;
}

/** Null for any other text. */
export function parseAnchorMemo(memo: string): AnchoredSeal | null {
  const [, sealId, hash, publicKey] = MEMO.exec(memo) ?? [];
  if (sealId === undefined || hash === undefined || publicKey === undefined) return null;
  return { sealId, hash, publicKey };
}

/** Whether a transaction with these memos, as a node lists them in its history, may be an anchor. */
export function mayBeAnchor(memos: string | null): boolean {
  return memos?.includes('cts-audit:') === true;
}
