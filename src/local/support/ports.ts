import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): one of those could take
// the port between this look and its use.
const LOWEST = 10_000;
const HIGHEST = 32_000;
/** The one port of this range that fetch asks nothing of, by its standard's list of bad ports: who listens there is never heard. */
const REFUSED_BY_FETCH = 10_080;
const TRIES = 100;

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment.
 * @throws Error when none is found
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (port !== REFUSED_BY_FETCH && (await isFreePort(port))) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST}`);
}

export function isFreePort(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
