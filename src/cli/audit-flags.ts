export const FILTERS = ['event', 'actor', 'commitment', 'from', 'to'] as const;
export const PAGE = ['limit', 'cursor'] as const;

/** Flags of the audit commands, each with a value. */
export const FLAGS = [...FILTERS, ...PAGE, 'format', 'seal'] as const;
