/** Pure parts of an admin's signed request. */

/** What the signature is checked by. */
export interface ActProof {
  readonly wallet: string;
  readonly issuedAt: string;
  readonly signature: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The body of a signed request, taken apart; `proof` is null when a part of it is missing or no text. */
export function splitBody(body: unknown): { readonly proof: ActProof | null; readonly rest: Members } {
  const { wallet, issuedAt, signature, ...rest } = membersOf(body);
  const isWhole = [wallet, issuedAt, signature].every((part) => typeof part === 'string' && part !== '');
  return { proof: isWhole ? ({ wallet, issuedAt, signature } as ActProof) : null, rest };
}

/**
 * The ids of a request's path under the names that the message gives them: a route's `:id` is the first one that the action's
 * own path names.
 * @param pattern of the action: `/commitments/:commitmentId/success`
 */
export function pathParams(pattern: string, path: unknown): Members {
  const { id, ...named } = membersOf(path);
  const first = /:(\w+)/.exec(pattern)?.[1];
  return id === undefined || first === undefined ? named : { ...named, [first]: id };
}

/** The parameters as the message names them: those that were given, and the act that came before. */
export function messageParams(given: object, after: string | null | undefined): Members {
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(members), ...(after === undefined ? {} : { after }) };
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}
