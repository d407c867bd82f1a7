import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Stands before a TCP server and fails as networks do. */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private frozen = false;
  /** How much later whatever comes from now on arrives; its order stays. */
  latencyMs = 0;
  private listener: (text: string) => void = () => undefined;
  private port = 0;
  private accepted = 0;

  private constructor(private target: URL) {}

  /** @param url of what stands behind, for example a database URL */
  static async before(url: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(url));
    await proxy.open();
    return proxy;
  }

  /** The same URL, through this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Connections that clients have made so far. */
  get connections(): number {
    return this.accepted;
  }

  /** From now on new connections lead elsewhere, as when a name changes its address; open ones stay where they are. */
  retarget(url: string): void {
    this.target = new URL(url);
  }

  /** Bytes stop to flow; connections stay open, and new ones are accepted. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Tells what the client says from now on, as far as it passes. */
  overhear(listener: (text: string) => void): void {
    this.listener = listener;
  }

  /** Every connection breaks and new ones are refused. */
  async close(): Promise<void> {
    this.thaw();
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    this.breakConnections();
    await closed;
    this.server = undefined;
  }

  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Listens again, on the port it had. */
  async open(): Promise<void> {
    this.server = createServer((inner) => this.join(inner));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(inner: Socket): void {
    this.accepted += 1;
    const host = this.target.hostname.replace(/^\[|\]$/g, '');
    const outer = connect(Number(this.target.port || 5432), host);
    inner.on('data', (bytes) => this.listener(bytes.toString('latin1')));
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.sockets.add(from);
      const pass = this.inOrder(to);
      from.on('data', pass);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.frozen) from.pause();
    }
  }

  /** Writes what comes, as much later as is wanted at that moment, and never before what came earlier. */
  private inOrder(to: Socket): (bytes: Buffer) => void {
    let waiting = 0;
    let last: Promise<void> = Promise.resolve();
    const later = async (bytes: Buffer, before: Promise<void>) => {
      await Promise.all([before, delay(this.latencyMs)]);
      waiting -= 1;
      if (!to.destroyed) to.write(bytes);
    };
    return (bytes) => {
      if (this.latencyMs === 0 && waiting === 0) {
        to.write(bytes);
        return;
      }
      waiting += 1;
      last = later(bytes, last);
    };
  }
}
