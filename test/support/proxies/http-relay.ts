import {
  createServer,
  type IncomingMessage,
  request as forward,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Relayed {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly asked: { readonly headers: readonly string[]; readonly body: string };
  readonly answered: { readonly status: number; readonly headers: readonly string[]; readonly body: string };
}

type Asked = Pick<Relayed, 'method' | 'target' | 'asked'>;
type Answered = Relayed['answered'];

/** An answer of this status that repeats all that it was asked with, as careless servers do; or no answer at all. */
export type RelayFault = number | 'cut';

/** Passes requests on to an HTTP server, keeps every word of both sides, and fails by repeating what it was told. */
export class HttpRelay {
  plan: (asked: Asked) => RelayFault | undefined = () => undefined;
  readonly relayed: Relayed[] = [];

  private constructor(
    private readonly server: Server,
    /** Origin of what stands behind; may change. */
    public upstream: string,
  ) {}

  static async before(upstream: string): Promise<HttpRelay> {
    const server = createServer();
    const relay = new HttpRelay(server, upstream);
    server.on('request', (request, response) => {
      relay.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '', rawHeaders: headers } = request;
    const asked = { method, target, asked: { headers, body: await textOf(request) } };
    const fault = this.plan(asked);
    if (fault === 'cut') return void response.destroy();
    const answered = fault === undefined ? await this.pass(asked) : echo(asked, fault);
    this.relayed.push({ ...asked, answered });
    response.writeHead(answered.status, [...answered.headers]).end(answered.body);
  }

  private async pass({ method, target, asked }: Asked): Promise<Answered> {
    const headers = withoutTransport(asked.headers);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = forward(new URL(target, this.upstream), { method, agent: false }, resolve);
      request.on('error', reject);
      for (const [name, value] of headers) request.setHeader(name, value);
      request.end(asked.body);
    });
    const body = await textOf(answer);
    return { status: answer.statusCode ?? 0, headers: withoutTransport(answer.rawHeaders).flat(), body };
  }
}

function echo({ target, asked }: Asked, status: number): Answered {
  const text = `${target} ${asked.headers.join(' ')} ${asked.body}`;
  const error = { code: -32002, message: text, data: { err: text, logs: [text] } };
  const headers = ['content-type', 'application/json', 'x-echo', encodeURI(target), 'retry-after', '1'];
  return {
    status,
    headers,
    body: JSON.stringify({ jsonrpc: '2.0', id: idOf(asked.body), error, message: text }),
  };
}

function idOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { id?: unknown }).id;
  } catch {
    return null;
  }
}

/** Pairs of names and values; what belongs to one connection is left to the other. */
function withoutTransport(raw: readonly string[]): [string, string][] {
  const pairs = raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
  return pairs.filter(([name]) => !/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(name));
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
