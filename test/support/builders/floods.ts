import type { AdminApp } from '../worlds/admin-app.js';

const AT_ONCE = 50;

/**
 * Requests that nobody may make, by ever other addresses, at several routes.
 * @returns the statuses that were answered
 */
export async function flood({ app }: AdminApp, count: number): Promise<number[]> {
  const fastify = app.getHttpAdapter().getInstance();
  const ask = (n: number) =>
    fastify.inject({
      method: n % 2 === 0 ? 'POST' : 'GET',
      url: n % 2 === 0 ? '/api/admin/logout' : '/api/admin/me',
      headers: { 'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` },
    });
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => ask(sent + index)));
    statuses.push(...answers.map(({ statusCode }) => statusCode));
  }
  return statuses;
}
