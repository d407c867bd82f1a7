import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitDatabase } from '#config/database/await-database.js';
import { EnvironmentError, parseEnvironment } from '#config/environment.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { skipNote } from '../../support/processes/system-programs.js';

const note = skipNote('openssl');

describe.skipIf(note)(`a database behind TLS with an authority of its own${note}`, () => {
  let database: TestDatabase;
  let front: Server;
  let url: string;
  let ca: string;
  const sockets = new Set<Socket>();
  let plain = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    const folder = mkdtempSync('/tmp/cts-tls-');
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    const key = ['-newkey', 'rsa:2048', '-nodes'];
    openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=our authority');
    const names = ['-addext', 'subjectAltName=DNS:localhost'];
    openssl('req', ...key, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=localhost', ...names);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copyall'];
    openssl('x509', '-req', '-in', 'request.pem', '-out', 'cert.pem', ...signing);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    ca = read('ca.pem');
    front = createServer((socket) => forward(socket, { key: read('key.pem'), cert: read('cert.pem') }));
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    const through = new URL(database.url);
    through.host = `localhost:${(front.address() as AddressInfo).port}`;
    url = through.href;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    front?.close();
    await database?.drop();
  });

  /** As a server does: whoever asks for TLS gets it, whoever does not is served as well. */
  function forward(socket: Socket, options: { key: string; cert: string }): void {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (first: Buffer) => {
      const target = new URL(database.url);
      const outer = connect(Number(target.port), target.hostname);
      sockets.add(outer);
      outer.on('error', () => socket.destroy());
      const wantsTls = first.length === 8 && first.readInt32BE(4) === 80_877_103;
      if (!wantsTls) {
        plain += 1;
        outer.write(first);
      } else {
        socket.write('S');
      }
      const inner = wantsTls ? new TLSSocket(socket, { isServer: true, ...options }) : socket;
      inner.on('error', () => outer.destroy());
      inner.pipe(outer).pipe(inner);
    });
  }

  const reach = (query: string, settings: Record<string, string>) =>
    awaitDatabase(parseEnvironment({ DATABASE_URL: url + query, ...settings }));

  it('is verified with DATABASE_CA_CERT, line breaks written out or not', async () => {
    for (const pem of [ca, ca.replaceAll('\n', String.raw`\n`)]) {
      expect(await reach('', { DATABASE_SSL: 'verify', DATABASE_CA_CERT: pem })).toMatchObject({
        pending: [],
      });
    }
    expect(plain).toBe(0);
  });

  it.each(['', '?sslmode=no-verify', '?sslmode=require', '?uselibpqcompat=true&sslmode=require'])(
    'is refused without its authority: %j in the URL does not beat DATABASE_SSL=verify',
    async (query) => {
      await expect(reach(query, { DATABASE_SSL: 'verify' })).rejects.toThrow('certificate');
      expect(plain).toBe(0);
    },
  );

  it('is encrypted and not verified where DATABASE_SSL=require says so', async () => {
    expect(await reach('', { DATABASE_SSL: 'require' })).toMatchObject({ pending: [] });
    expect(plain).toBe(0);
  });

  it('sslmode=disable beside DATABASE_SSL=verify is named before anything is started', () => {
    expect(() => reach('?sslmode=disable', { DATABASE_SSL: 'verify' })).toThrow(EnvironmentError);
  });
});
