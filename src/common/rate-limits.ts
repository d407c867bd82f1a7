/** How many requests one client may make in one fixed window. */
export interface RateLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What an endpoint declares. Each endpoint counts on its own, per client address. */
export const RATE_LIMITS = {
  read: { limit: 600, windowSeconds: 60 },
  /** POST /signing-messages. */
  sign: { limit: 240, windowSeconds: 60 },
  /** POST /commitments: each makes an escrow key. */
  create: { limit: 100, windowSeconds: 60 },
  /** Every other route that a wallet signs for. */
  act: { limit: 240, windowSeconds: 60 },
  /** What pays: each may hold its connection for PAYOUT_WAIT_SECONDS. */
  pay: { limit: 120, windowSeconds: 60 },
  /** POST /admin/nonce and /admin/login. */
  signIn: { limit: 60, windowSeconds: 60 },
  /** Every route of a signed-in admin, or of a cron. */
  admin: { limit: 300, windowSeconds: 60 },
  /** Health probes; counted in memory, because they report on the database. */
  probe: { limit: 1_200, windowSeconds: 60 },
} as const satisfies Record<string, RateLimit>;

/**
 * What counts besides the address, once somebody is proven to be who they say, again for each endpoint: many addresses are
 * cheap, and nobody can use up the allowance of a wallet or a session that is not theirs.
 */
export const PROVEN_LIMITS = {
  /** On signed routes, after the signature was found right. */
  wallet: { limit: 120, windowSeconds: 60 },
  /** On admin routes, after the session was found alive and its wallet allowed. */
  session: { limit: 600, windowSeconds: 60 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof RATE_LIMITS;
export type ProvenLimitName = keyof typeof PROVEN_LIMITS;
