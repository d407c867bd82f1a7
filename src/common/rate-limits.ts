/** How many requests one client may make in one fixed window. */
export interface RateLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Every rate limit, by the name that an endpoint declares. Each endpoint counts on its own. */
export const RATE_LIMITS = {
  read: { limit: 600, windowSeconds: 60 },
  sign: { limit: 240, windowSeconds: 60 },
  create: { limit: 120, windowSeconds: 60 },
  act: { limit: 240, windowSeconds: 60 },
  signIn: { limit: 60, windowSeconds: 60 },
  admin: { limit: 300, windowSeconds: 60 },
  probe: { limit: 1_200, windowSeconds: 60 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof RATE_LIMITS;
