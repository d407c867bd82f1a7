import { freePort } from '../../src/local/ports.js';

export { freePort } from '../../src/local/ports.js';

/** A free port whose next one is free as well. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port < 65_535 && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  return (await freePort(port).catch(() => 0)) === port;
}
