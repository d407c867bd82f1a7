import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a TCP server and fails as networks do. */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private frozen = false;
  private port = 0;

  private constructor(private readonly target: URL) {}

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

  /** Bytes stop to flow; connections stay open, and new ones are accepted. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
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
    const host = this.target.hostname.replace(/^\[|\]$/g, '');
    const outer = connect(Number(this.target.port || 5432), host);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.frozen) from.pause();
    }
  }
}
