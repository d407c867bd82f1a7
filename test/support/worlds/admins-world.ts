import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HandClock } from '#src/common/clock.fake.js';
import { type AdminAction, adminRequest } from '#src/common/admin-actions.js';
import type { TestWallet } from '../builders/wallets.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { execute } from '../sql.js';
import { ORIGIN, startAdminApp } from './admin-app.js';

type Json = Record<string, unknown>;

interface Replica {
  readonly app: NestFastifyApplication;
  readonly clock: HandClock;
}

/** Replicas of the service over one database, without a chain, and several admins who sign. */
export class AdminsWorld {
  private readonly replicas: Replica[] = [];

  private constructor(
    private readonly database: TestDatabase,
    private readonly admins: readonly TestWallet[],
  ) {}

  static async start(admins: readonly TestWallet[], count: number): Promise<AdminsWorld> {
    const world = new AdminsWorld(await createTestDatabase(), admins);
    for (let started = 0; started < count; started += 1) await world.replica();
    return world;
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(({ app }) => app.close()));
    await this.database.drop();
  }

  /** One more. */
  async replica(env: Record<string, string> = {}): Promise<Replica> {
    const admins = this.admins.map(({ address }) => address);
    const replica = await startAdminApp(this.database.url, admins, env);
    this.replicas.push(replica);
    return replica;
  }

  /** @param index from 0; -1 is the newest */
  at(index: number): Replica {
    const found = this.replicas.at(index);
    if (found === undefined) throw new Error('no such replica');
    return found;
  }

  sql<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
    return execute<R>(this.database.url, text, values);
  }

  async send(at: number, method: 'GET' | 'POST' | 'DELETE', path: string, cookie = '', body?: Json) {
    const headers = { origin: ORIGIN, ...(cookie === '' ? {} : { cookie }) };
    const payload = body === undefined ? {} : { payload: body };
    const answer = await this.at(at).app.inject({ method, url: `/api${path}`, headers, ...payload });
    return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json<Json>(), answer };
  }

  /** @returns the cookie; empty when it was refused */
  async signIn(wallet: TestWallet, at = 0): Promise<string> {
    const { body } = await this.send(at, 'POST', '/admin/nonce', '', { wallet: wallet.address });
    const signature = wallet.signBase58(String(body['message']));
    const login = { wallet: wallet.address, nonce: body['nonce'], signature };
    const { status, answer } = await this.send(at, 'POST', '/admin/login', '', login);
    if (status !== 200) return '';
    return String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
  }

  /** Signs and sends. */
  async act(wallet: TestWallet, cookie: string, action: AdminAction, params: Json, at = 0) {
    const asked = { action, wallet: wallet.address, params };
    const text = await this.send(at, 'POST', '/signing-messages', '', asked);
    const { message, issuedAt } = text.body;
    const signature = wallet.signBase58(String(message));
    const { method, path, body } = adminRequest(action, params);
    return this.send(at, method, path, cookie, { ...body, wallet: wallet.address, issuedAt, signature });
  }
}
