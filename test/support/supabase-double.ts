import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StorageRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
}

/** Supabase Storage's signing of uploads, as its client library speaks to it. */
export class SupabaseDouble {
  readonly requests: StorageRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly serviceRoleKey: string,
  ) {}

  static async start(serviceRoleKey: string): Promise<SupabaseDouble> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const double = new SupabaseDouble(server, serviceRoleKey);
    server.on('request', (request, response) => double.answer(request, response));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ method = '', url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const authorization = headers.authorization ?? '';
    this.requests.push({ method, path: url, authorization });
    const signs = /^\/storage\/v1(\/object\/upload\/sign\/.+)$/.exec(url);
    const isAllowed =
      authorization === `Bearer ${this.serviceRoleKey}` && headers['apikey'] === this.serviceRoleKey;
    if (!isAllowed) {
      return send(response, 403, { statusCode: '403', error: 'Unauthorized', message: 'jws malformed' });
    }
    if (method !== 'POST' || signs === null) return send(response, 404, { error: 'not_found' });
    return send(response, 200, { url: `${signs[1]}?token=jwt`, token: 'jwt' });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
