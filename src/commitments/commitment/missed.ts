/**
 * Called where money has moved and the state that should follow it could not. It has to be given, so that nobody can leave
 * such a miss unsaid.
 * @param what in words, for the person who has to look
 */
export type Missed = (what: string) => Promise<void>;

/** For the caller that has moved no money yet: nothing is written rather than half of it. */
export const rollBack: Missed = (what) => Promise.reject(new Error(what));
