import { ApiError as Refusal } from '#client';
import { ApiError } from '#src/local/rest-client.js';

/** The status and code of a refusal. @throws Error when the request was not refused */
export async function refused(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ApiError || error instanceof Refusal) return `${error.status} ${error.code}`;
    throw error;
  }
  throw new Error('a request that must be refused was not');
}
