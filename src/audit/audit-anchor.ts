/** The memo that ties the hash chain of the audit log to the chain. */

export interface AnchoredSeal {
  readonly sealId: string;
  /** Hex. */
  readonly hash: string;
}

const MEMO = /^cts-audit:([1-9]\d{0,18}):([0-9a-f]{64})$/;

export function anchorMemo({ sealId, hash }: AnchoredSeal): string {
  return `cts-audit:${sealId}:${hash}`;
}

/** Null for any other text. */
export function parseAnchorMemo(memo: string): AnchoredSeal | null {
  const [, sealId, hash] = MEMO.exec(memo) ?? [];
  return sealId === undefined || hash === undefined ? null : { sealId, hash };
}
