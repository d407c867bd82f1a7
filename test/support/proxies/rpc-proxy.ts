import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What the proxy does with one call instead of passing it on. */
export type Fault =
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'error'; readonly code: number; readonly data?: unknown }
  /** Answers without asking the endpoint behind. */
  | { readonly kind: 'answer'; readonly result: unknown }
  /** Asks the endpoint behind and changes its result. */
  | { readonly kind: 'result'; readonly change: (result: unknown) => unknown }
  /** Asks the endpoint behind; what becomes of the answer is decided with its result in hand. */
  | { readonly kind: 'after'; readonly judge: (result: unknown) => Chosen };

/** The fault for a call; undefined passes it on. Whoever needs the moment, to kill a process in it, takes a promise. */
export type Chosen = Fault | undefined | Promise<Fault | undefined>;
export type FaultPlan = (call: RpcCall) => Chosen;

/** A lying, slow or broken RPC endpoint in front of a real one. Without an upstream, an unplanned call answers 503. */
export class RpcProxy {
  plan: FaultPlan = () => undefined;
  readonly calls: RpcCall[] = [];
  private readonly open = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    private readonly upstream: string | undefined,
  ) {}

  static async start(upstream?: string, plan?: FaultPlan): Promise<RpcProxy> {
    const server = createServer();
    const proxy = new RpcProxy(server, upstream);
    if (plan) proxy.plan = plan;
    server.on('request', (request, response) => {
      proxy.open.add(response);
      response.once('close', () => proxy.open.delete(response));
      proxy.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many calls have no answer yet, and a caller who has not given up. */
  get waiting(): number {
    return this.open.size;
  }

  /** Breaks every connection. */
  dropAll(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const {
      id,
      method,
      params = [],
    } = JSON.parse(body) as Partial<RpcCall> & { id: unknown; method: string };
    this.calls.push({ method, params });
    const fault = await this.plan({ method, params });
    if (fault?.kind === 'after') {
      const text = await this.forward(body);
      const { result } = JSON.parse(text) as { result?: unknown };
      await this.answer(response, { id, body, fault: await fault.judge(result), text });
    } else {
      await this.answer(response, { id, body, fault });
    }
  }

  private async answer(
    response: ServerResponse,
    { id, body, fault, text }: { id: unknown; body: string; fault: Fault | undefined; text?: string },
  ): Promise<void> {
    switch (fault?.kind) {
      case 'hang':
        return;
      case 'cut':
        response.destroy();
        return;
      case 'status':
        response.writeHead(fault.status).end('upstream text with https://rpc.example/?api-key=SECRET');
        return;
      case 'body':
        response.end(fault.body);
        return;
      case 'error':
        answer(response, { id, error: { code: fault.code, message: 'SECRET text', data: fault.data } });
        return;
      case 'answer':
        answer(response, { id, result: fault.result });
        return;
      case 'result':
        answer(response, { id, result: fault.change(await this.ask(body)) });
        return;
      case 'after':
        throw new Error('what becomes of an answer is decided once');
      case undefined:
        if (text === undefined && this.upstream === undefined) response.writeHead(503).end();
        else response.end(text ?? (await this.forward(body)));
    }
  }

  private async ask(body: string): Promise<unknown> {
    return this.upstream === undefined
      ? undefined
      : (JSON.parse(await this.forward(body)) as { result?: unknown }).result;
  }

  private async forward(body: string): Promise<string> {
    const answer = await fetch(this.upstream ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return answer.text();
  }
}

function answer(response: ServerResponse, content: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', ...content }));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
