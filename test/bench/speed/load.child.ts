import { randomInt } from 'node:crypto';
import { type Socket, connect } from 'node:net';

/** What to send, as fast as the answers come. */
export interface LoadOrder {
  readonly url: string;
  readonly method: string;
  /** Sent in turn. */
  readonly requests: readonly { readonly path: string; readonly body?: string }[];
  readonly clients: number;
  readonly seconds: number;
  /** Each request is sent once only; the stretch ends with the last one. */
  readonly once?: boolean;
}

export interface LoadReport {
  readonly perSecond: number;
  readonly answers: number;
  readonly p50: number;
  readonly p99: number;
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<string, number>>;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** A keep-alive connection that has one request under way. Bare sockets: the load must cost little beside what it measures. */
class Connection {
  private received: Buffer = Buffer.alloc(0);
  private resolve: (status: number) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk));
    // 0 stands for no answer.
    socket.on('close', () => this.resolve(0));
    socket.on('error', () => undefined);
  }

  static open({ hostname, port }: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () =>
        resolve(new Connection(socket)),
      );
      socket.once('error', reject);
    });
  }

  /** @returns the status of the answer */
  exchange(text: string): Promise<number> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.socket.write(text);
    });
  }

  end(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < headEnd + HEAD_END.length + length) return;
    this.received = Buffer.alloc(0);
    this.resolve(Number(head.slice(9, 12)));
  }
}

/** Every request comes from somebody else: the limits are on, and nobody reaches his. */
function textOf({ method }: LoadOrder, host: string, { path, body }: LoadOrder['requests'][number]): string {
  const from = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  const head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nx-forwarded-for: ${from}\r\n`;
  if (body === undefined) return `${head}\r\n`;
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const url = new URL(order.url);
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const begun = performance.now();
  const end = begun + order.seconds * 1_000;
  let next = 0;
  const client = async () => {
    const connection = await Connection.open(url);
    while (performance.now() < end && !(order.once === true && next >= order.requests.length)) {
      const request = order.requests[next % order.requests.length];
      next += 1;
      if (request === undefined) break;
      const sent = performance.now();
      const status = await connection.exchange(textOf(order, url.host, request));
      times.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 0) break;
    }
    connection.end();
  };
  await Promise.all(Array.from({ length: order.clients }, client));
  const seconds = (performance.now() - begun) / 1_000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return {
    perSecond: sorted.length / seconds,
    answers: sorted.length,
    p50: at(0.5),
    p99: at(0.99),
    statuses,
  };
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: '' });
