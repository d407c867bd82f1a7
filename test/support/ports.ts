import { freePort, isFreePort } from '#src/local/support/ports.js';

export { freePort, isFreePort } from '#src/local/support/ports.js';

/** A free port whose next one is free as well. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFreePort(port + 1)) return port;
  }
}
