import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { freePort } from '../ports.js';

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

export interface Received {
  /** webhook-id */
  readonly id: string;
  readonly path: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** webhook-timestamp */
  readonly timestamp: string;
  /** What was answered; undefined for none. */
  readonly answered: number | undefined;
}

export type Behaviour =
  | { readonly status: number; readonly headers?: Record<string, string> }
  /** Never answers. */
  | 'hang'
  /** Cuts the connection after having read the message. */
  | 'cut'
  /** Answers 200, and then bytes without end. */
  | 'endless';

type Conduct = (message: { id: string; event: string; nth: number }) => Behaviour;

/** A receiver of Standard Webhooks as somebody else would write it: a signature that is not right is answered with 401. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  unsigned = 0;
  private conduct: Conduct = () => ({ status: 204 });
  private server: Server | undefined;
  private readonly webhook: Webhook;

  private constructor(
    private readonly port: number,
    secret: string,
  ) {
    this.webhook = new Webhook(secret);
  }

  static async start(secret = WEBHOOK_SECRET): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(await freePort(), secret);
    await receiver.revive();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks/secret-path`;
  }

  /** @param conduct answers the nth message, from 0, counted from now */
  behave(conduct: Conduct): void {
    let nth = -1;
    this.conduct = (message) => conduct({ ...message, nth: (nth += 1) });
  }

  /** Listens (again) at its address. */
  async revive(): Promise<void> {
    const server = createServer((request, response) => void this.receive(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
  }

  async die(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    this.server = undefined;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const headers = request.headers as Record<string, string>;
    try {
      this.webhook.verify(body, headers);
    } catch {
      this.unsigned += 1;
      response.writeHead(401).end();
      return;
    }
    const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> };
    const id = headers['webhook-id'] ?? '';
    const behaviour = this.conduct({ id, event: type, nth: 0 });
    const answered =
      typeof behaviour === 'object' ? behaviour.status : behaviour === 'endless' ? 200 : undefined;
    const timestamp = headers['webhook-timestamp'] ?? '';
    this.received.push({ id, path: request.url ?? '', event: type, data, timestamp, answered });
    answer(request, response, behaviour);
  }
}

function answer(request: IncomingMessage, response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'cut') {
    request.socket.destroy();
  } else if (behaviour === 'endless') {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(1_000)), 10);
    response.once('close', () => clearInterval(timer));
  } else {
    response.writeHead(behaviour.status, behaviour.headers).end('{"secret":"of the receiver"}');
  }
}
