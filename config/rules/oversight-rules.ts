interface OversightFacts {
  readonly AUDIT_ANCHOR: string;
  readonly ESCROW_FEE_PAYER_SECRET_KEY?: string;
}

/** What no single setting shows: an anchor that nobody pays for. One line a problem. */
export function oversightProblems({ AUDIT_ANCHOR, ESCROW_FEE_PAYER_SECRET_KEY }: OversightFacts): string[] {
  if (AUDIT_ANCHOR !== 'memo' || ESCROW_FEE_PAYER_SECRET_KEY !== undefined) return [];
  return [
    'ESCROW_FEE_PAYER_SECRET_KEY is required when AUDIT_ANCHOR is memo: that wallet signs and pays the anchors',
  ];
}
