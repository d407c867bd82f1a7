/** What a request was about, as its audit row names it. */
export interface AuditSubject {
  readonly commitmentId?: string;
  readonly payoutId?: string;
  /** Of the transaction that the request has led to. */
  readonly signature?: string;
}

/** The part of a request that names its subject. */
export interface AuditedRequest {
  readonly params?: unknown;
  readonly body?: unknown;
  readonly routeOptions: { readonly url?: string | undefined };
}

type Members = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SIGNATURE = /^[1-9A-HJ-NP-Za-km-z]{64,88}$/;

/**
 * The commitment and the payout that a request names, and those that its answer or its refusal names. Only real ids: what
 * else stands there is the client's text and may be nothing that a database can store.
 * @param outcome the answer's body, or the members of the problem
 */
export function subjectOf(request: AuditedRequest, outcome: unknown): AuditSubject {
  const [params, body, told] = [membersOf(request.params), membersOf(request.body), membersOf(outcome)];
  const path = request.routeOptions.url ?? '';
  const ownId = (prefix: string) => (path.startsWith(prefix) ? params['id'] : undefined);
  const payout = membersOf(told['payout']);
  return {
    ...named('commitmentId', UUID, [
      params['commitmentId'],
      ownId('/api/commitments/:id'),
      body['commitmentId'],
      told['commitmentId'],
    ]),
    ...named('payoutId', UUID, [ownId('/api/admin/payouts/:id'), payout['id'], told['payoutId']]),
    ...named('signature', SIGNATURE, [payout['signature']]),
  };
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function named(name: keyof AuditSubject, form: RegExp, candidates: readonly unknown[]): AuditSubject {
  const value = candidates.find((one): one is string => typeof one === 'string' && form.test(one));
  if (value === undefined) return {};
  return { [name]: form === UUID ? value.toLowerCase() : value };
}
