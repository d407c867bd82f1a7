import { DomainError } from '#src/common/errors/errors.js';
import type { RateCount } from './rate-window.js';

/** Members as the problem type `quota-exceeded` of the IANA registry names them. */
export function tooManyRequests(count: RateCount): DomainError {
  const { limit, windowSeconds } = count.limit;
  return new DomainError(
    'too_many_requests',
    `This route takes ${limit} requests in ${windowSeconds} s ${count.scope}. Try again in ${count.secondsLeft} s.`,
    { 'violated-policies': [count.name], retryAfterSeconds: count.secondsLeft },
  );
}
