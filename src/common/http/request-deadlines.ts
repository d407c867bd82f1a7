import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long a client may take, in milliseconds. */
export interface Deadlines {
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestMs: number;
  /** For a connection that has not sent a byte yet. */
  readonly firstByteMs: number;
  /** For a connection on which nothing moves while a request is being answered. */
  readonly silenceMs: number;
}

interface Connection {
  /** Bytes that belonged to earlier requests. */
  seen: number;
  /** When the request that is arriving was first noticed. */
  since: number | undefined;
  request: IncomingMessage | undefined;
}

const SWEEP_MS = 1_000;

/**
 * Node measures the time for the first headers from the moment of the connection: a balancer that connects in advance is
 * answered 408 when it sends its first request later. Here a request begins with its first byte. Node's own limits have to
 * be switched off (0).
 */
export function keepDeadlines(server: Server, deadlines: Deadlines): void {
  const open = new Map<Socket, Connection>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, { seen: 0, since: undefined, request: undefined });
    socket.setTimeout(deadlines.firstByteMs);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket);
    if (connection === undefined) return;
    request.socket.setTimeout(deadlines.silenceMs);
    connection.since ??= performance.now();
    connection.request = request;
    response.once('close', () => {
      connection.seen = request.socket.bytesRead;
      connection.since = undefined;
      connection.request = undefined;
    });
  });
  const timer = setInterval(() => {
    for (const [socket, connection] of open) {
      if (isLate(socket, connection, deadlines)) server.emit('clientError', timeout(), socket);
    }
  }, SWEEP_MS).unref();
  server.once('close', () => clearInterval(timer));
}

function isLate(socket: Socket, connection: Connection, { headersMs, requestMs }: Deadlines): boolean {
  const now = performance.now();
  const { request } = connection;
  if (request === undefined && socket.bytesRead > connection.seen) connection.since ??= now;
  if (connection.since === undefined || request?.complete === true) return false;
  return now - connection.since > (request === undefined ? headersMs : requestMs);
}

function timeout(): Error {
  return Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
}
