import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepDeadlines } from './request-deadlines.js';

let server: Server;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer({ requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    request.resume();
    request.once('end', () => response.end('served'));
  });
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    socket.end(`HTTP/1.1 ${error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400} -\r\n\r\n`);
  });
  keepDeadlines(server, { headersMs: 100, requestMs: 200, firstByteMs: 60_000, silenceMs: 60_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, 'close');
});

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function answerTo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString().split('\r\n', 1)[0] ?? '';
}

const WHOLE = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

describe('the deadlines of a request', () => {
  it('begin with its first byte: a connection made in advance is served', async () => {
    const early = await open();
    expect(await answerTo(await open(), 'GET / HTTP/1.1\r\nhost:')).toBe('HTTP/1.1 408 -');
    // The early one has been silent for longer than the late one was given.
    expect(await answerTo(early, WHOLE)).toBe('HTTP/1.1 200 OK');
  });

  it('hold for each request of a connection, and for bodies', async () => {
    const socket = await open();
    expect(await answerTo(socket, WHOLE)).toBe('HTTP/1.1 200 OK');
    expect(await answerTo(socket, WHOLE)).toBe('HTTP/1.1 200 OK');
    expect(await answerTo(socket, 'GET /')).toBe('HTTP/1.1 408 -');
    const posting = await open();
    expect(await answerTo(posting, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc')).toBe(
      'HTTP/1.1 408 -',
    );
  });
});
