/** How long a reader waits for the chain where an older reading is shown otherwise: before there is any, after, and while the chain is away. */
export const PATIENCE_MS = 2_000;
export const PATIENCE_WITH_READING_MS = 400;
export const PATIENCE_WHILE_AWAY_MS = 25;
