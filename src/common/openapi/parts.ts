/** Parts of the API document that many operations share. */

import { ERROR_TABLE } from '#src/common/errors/error-table.js';

export const SESSION_COOKIE = 'cts_admin_session';

export const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };

export const TAGS: Readonly<Record<string, string>> = {
  'admin sign-in': 'Sign-In With Solana for allow-listed wallets.',
  admins: 'Who is signed in, and who was shut out.',
  commitments: 'Public promises, each with an escrow and frozen terms.',
  'failure distributions': 'What a failed reward commitment pays to whom.',
  health: 'Probes and metrics for operators.',
  milestones: 'Parts of a reward commitment: completion, approvals, unlocking.',
  operations: 'What operators look at and switch.',
  payouts: 'Money out of an escrow, exactly once.',
  'pump.fun': 'Creator fees of coins of pump.fun.',
  releases: 'Payments of milestones, and their locks.',
  'signed messages': 'The exact texts that wallets sign.',
  timeline: 'Public events, newest first.',
  profiles: 'What wallets and admins publish about themselves and their tokens',
  tokens: 'What the chain says about a token.',
};

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description:
    'Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header ' +
    'idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids ' +
    'and this caller.',
  schema: { type: 'string', maxLength: 512, examples: ['"0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f"'] },
};

/** An id in the path of a route. */
export const idInPath = (name: string) => ({
  name,
  in: 'path' as const,
  required: true,
  schema: { type: 'string', format: 'uuid' },
});

const addressInPath = (name: string) => ({
  ...idInPath(name),
  schema: { $ref: '#/components/schemas/Address' },
});

export const SESSION = {
  ...idInPath('session'),
  description: 'handle of one session, or an admin’s wallet for all of its sessions.',
  schema: { type: 'string', pattern: '^[0-9A-Za-z]{16,44}$', example: '0f1e2d3c4b5a6978' },
};

export const ORIGIN = {
  name: 'Origin',
  in: 'header' as const,
  required: true,
  description: 'Must equal APP_ORIGIN. Browsers send it; other clients have to.',
  schema: { type: 'string', format: 'uri' },
};

export const ORIGIN_WHERE_SENT = {
  ...ORIGIN,
  required: false,
  description: 'Must equal APP_ORIGIN where it is sent, and is required with an admin session.',
};

/** By the name that operations refer to them. */
export const PARAMETERS = {
  IdempotencyKey: IDEMPOTENCY_KEY,
  Origin: ORIGIN,
  OriginWhereSent: ORIGIN_WHERE_SENT,
  Id: { ...idInPath('id'), description: 'Id of what the path names.' },
  CommitmentId: { ...idInPath('commitmentId'), description: 'Id of the commitment.' },
  MilestoneId: { ...idInPath('milestoneId'), description: 'Id of the milestone.' },
  Session: SESSION,
  Wallet: { ...addressInPath('wallet'), description: 'Base58 address of the wallet.' },
  Mint: { ...addressInPath('mint'), description: 'Base58 address of the token’s mint.' },
  PayoutId: { ...idInPath('payoutId'), description: 'Id of the payout.' },
  Limit: {
    name: 'limit',
    in: 'query' as const,
    required: false,
    description: 'How many items a page has at most.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
  Cursor: {
    name: 'cursor',
    in: 'query' as const,
    required: false,
    description: '`nextCursor` of the page before.',
    schema: { type: 'string' },
  },
};

/** The reference that stands for a parameter, where it is one of those above. */
export function sharedParameter<T extends object>(given: T): T | { $ref: string } {
  if (!('name' in given && 'in' in given)) return given;
  const shared = Object.entries(PARAMETERS).find(
    ([, one]) =>
      one.name === given.name &&
      one.in === given.in &&
      one.required === ('required' in given && given.required === true),
  );
  return shared === undefined ? given : { $ref: `#/components/parameters/${shared[0]}` };
}

const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer' } };
const REQUEST_ID = { description: 'Id of this request in logs and audit.', schema: { type: 'string' } };
const RATE_LIMIT_POLICY = {
  description: 'Every limit that applied: quota q in a window of w seconds.',
  schema: { type: 'string', examples: ['"act";q=240;w=60, "wallet";q=120;w=60'] },
};
const RATE_LIMIT = {
  description: 'Rest r of each quota, and seconds t until it is full again.',
  schema: { type: 'string', examples: ['"act";r=239;t=42, "wallet";r=119;t=42'] },
};

/** By the name that operations refer to them. */
export const HEADERS = {
  RequestId: REQUEST_ID,
  RateLimitPolicy: RATE_LIMIT_POLICY,
  RateLimit: RATE_LIMIT,
  RetryAfter: RETRY_AFTER,
};

const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });

/** Of every answer; good ones do not repeat what the description of the whole document says. */
export const COMMON_HEADERS = {
  'x-request-id': header('RequestId'),
  'RateLimit-Policy': header('RateLimitPolicy'),
  RateLimit: header('RateLimit'),
};
export const RETRY_AFTER_HEADER = { 'Retry-After': header('RetryAfter') };

export const PROBLEM = {
  type: 'object' as const,
  description:
    'RFC 9457 problem document. Some codes bring facts of their own, such as commitmentId or requiredLamports.',
  additionalProperties: true,
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Names the kind of error, as `code` does.' },
    title: { type: 'string', description: 'The kind of error in words.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened, to whom, and what to do next.' },
    instance: { type: 'string', description: 'Path of the request.' },
    code: {
      type: 'string',
      description: 'Stable: tell errors apart by it. docs/errors.md lists all.',
      enum: Object.keys(ERROR_TABLE),
    },
    requestId: { type: 'string', description: 'Id of this request in logs and audit.' },
    errors: {
      type: 'array',
      description: 'Of validation_failed: every rejected member.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'The member: `milestones[0].title`.' },
          message: { type: 'string', description: 'What is wrong with it.' },
        },
      },
    },
  },
};
