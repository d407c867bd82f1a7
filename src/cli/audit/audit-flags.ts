export const FILTERS = ['event', 'actor', 'commitment', 'from', 'to'] as const;
export const PAGE = ['limit', 'cursor'] as const;
/** What a verification trusts: hashes, keys and wallets that do not come from the database. */
export const TRUST = ['seal', 'key', 'fee-payer', 'rpc'] as const;

/** Flags of the audit commands, each with a value. */
export const FLAGS = [...FILTERS, ...PAGE, ...TRUST, 'format'] as const;
