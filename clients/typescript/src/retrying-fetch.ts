export interface RetryOptions {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Milliseconds before the second one; doubled with each. */
  readonly firstWaitMs: number;
}

const IN_PROGRESS = 'request_in_progress';
const LONGEST_WAIT_MS = 30_000;

/**
 * A fetch that sends again what may be sent again: after 429 and 503, while the service still works on the same
 * Idempotency-Key, and after a lost answer where that key or the method makes it safe. It waits for as long as Retry-After says.
 */
export function retryingFetch(
  { attempts, firstWaitMs }: RetryOptions,
  send: typeof fetch = fetch,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const isSafe = request.method === 'GET' || request.headers.has('idempotency-key');
    for (let attempt = 1; ; attempt += 1) {
      const wait = firstWaitMs * 2 ** (attempt - 1);
      const isLast = attempt >= attempts;
      try {
        const answer = await send(request.clone());
        if (isLast || !(await isTemporary(answer))) return answer;
        await pause(Math.min(retryAfterMs(answer) ?? wait, LONGEST_WAIT_MS), request.signal);
      } catch (error) {
        if (isLast || !isSafe || request.signal.aborted) throw error;
        await pause(wait, request.signal);
      }
    }
  };
}

async function isTemporary(answer: Response): Promise<boolean> {
  if (answer.status === 429 || answer.status === 503) return true;
  return answer.status === 409 && (await codeOf(answer.clone())) === IN_PROGRESS;
}

/** Undefined where something between, such as a proxy, has answered. */
async function codeOf(answer: Response): Promise<string | undefined> {
  try {
    return ((await answer.json()) as { readonly code?: string }).code;
  } catch {
    return undefined;
  }
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isNaN(seconds) ? undefined : seconds * 1_000;
}

/** @throws what the signal was aborted with */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const go = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    signal?.addEventListener('abort', go);
  });
  signal?.throwIfAborted();
}
