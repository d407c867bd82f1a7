import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalStorageOptions {
  /** Made up where it is left out. */
  readonly serviceRoleKey?: string;
  readonly onRequest?: (request: IncomingMessage) => void;
}

interface Stored {
  readonly type: string;
  readonly bytes: Buffer;
}

const PREFIX = '/storage/v1';
const UPLOAD = /^\/object\/upload\/sign\/(.+)$/;
const READ = /^\/object\/(?:(info|public)\/)?(.+)$/;
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * A bucket in memory on 127.0.0.1 with the wire format of Supabase Storage: it signs uploads, takes each once, says what it
 * has, and shows it to everybody. What is not needed for avatars it does not know.
 */
export class LocalStorage {
  private readonly objects = new Map<string, Stored>();
  /** What may be uploaded, by the token that allows it. */
  private readonly uploads = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    readonly serviceRoleKey: string,
  ) {}

  static async start({ serviceRoleKey, onRequest }: LocalStorageOptions = {}): Promise<LocalStorage> {
    const server = createServer();
    const key = serviceRoleKey ?? randomBytes(32).toString('base64url');
    const storage = new LocalStorage(server, key);
    server.on('request', (request, response) => {
      onRequest?.(request);
      storage.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    // A process that has nothing else to do may end.
    server.unref();
    return storage;
  }

  /** What SUPABASE_URL is to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Harmless to repeat. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const path = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : '';
    const [, upload] = UPLOAD.exec(path) ?? [];
    if (request.method === 'PUT' && upload !== undefined) {
      await this.take(request, response, upload, searchParams.get('token') ?? '');
      return;
    }
    const [, how, key = ''] = READ.exec(path) ?? [];
    if (how !== 'public' && !this.isAllowed(request)) refuse(response, 403, 'Unauthorized', 'jws malformed');
    else if (request.method === 'POST' && upload !== undefined) this.sign(response, upload);
    else if (request.method === 'GET' && key !== '') this.show(response, how, key);
    else refuse(response, 404, 'not_found', 'Route not found');
  }

  private sign(response: ServerResponse, key: string): void {
    if (this.objects.has(key)) {
      refuse(response, 409, 'Duplicate', 'The resource already exists');
      return;
    }
    const token = randomBytes(16).toString('base64url');
    this.uploads.set(token, key);
    send(response, 200, { url: `/object/upload/sign/${key}?token=${token}`, token });
  }

  private async take(request: IncomingMessage, response: ServerResponse, key: string, token: string) {
    const bytes = await readBody(request);
    if (this.uploads.get(token) !== key) refuse(response, 400, 'InvalidSignature', 'invalid signature');
    else if (this.objects.has(key)) refuse(response, 409, 'Duplicate', 'The resource already exists');
    else if (bytes === null) refuse(response, 413, 'Payload too large', 'The object exceeded the size');
    else {
      this.objects.set(key, { type: request.headers['content-type'] ?? 'text/plain', bytes });
      send(response, 200, { Key: key });
    }
  }

  private show(response: ServerResponse, how: string | undefined, key: string): void {
    const stored = this.objects.get(key);
    if (stored === undefined) {
      refuse(response, 404, 'not_found', 'Object not found');
      return;
    }
    const { type, bytes } = stored;
    if (how === 'info') send(response, 200, { name: key, size: bytes.byteLength, content_type: type });
    else response.writeHead(200, { 'content-type': type, 'content-length': bytes.byteLength }).end(bytes);
  }

  private isAllowed({ headers }: IncomingMessage): boolean {
    return (
      headers.authorization === `Bearer ${this.serviceRoleKey}` && headers['apikey'] === this.serviceRoleKey
    );
  }
}

/** As the hosted service does it: 400, and the status in the body. */
function refuse(response: ServerResponse, statusCode: number, error: string, message: string): void {
  const status = statusCode === 403 ? 403 : 400;
  send(response, status, { statusCode: String(statusCode), error, message });
}

/** null when it is larger than anybody needs. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
