import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NonceAnswer } from '#src/admin/sessions/admin.dto.js';
import type { HandClock } from '#src/common/clock.fake.js';
import { TestWallet } from '../builders/wallets.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { execute } from '../sql.js';
import { ORIGIN, startAdminApp } from './admin-app.js';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

/** Sign-in as a browser meets it: one database, and for each test a service and a client address of its own. */
export class SignInWorld {
  readonly admin = TestWallet.generate();
  readonly stranger = TestWallet.generate();
  app: NestFastifyApplication;
  clock: HandClock;
  /** Where requests come from. Each test's own, so that the rate limits of sign-in do not add up. */
  remoteAddress = '';
  private others: NestFastifyApplication[] = [];
  private tests = 0;

  private constructor(private readonly database: TestDatabase) {}

  static async create(): Promise<SignInWorld> {
    return new SignInWorld(await createTestDatabase());
  }

  /** Before each test. */
  async begin(): Promise<void> {
    this.tests += 1;
    this.remoteAddress = `10.0.0.${this.tests}`;
    const admins = [TestWallet.generate().address, this.admin.address];
    ({ app: this.app, clock: this.clock } = await startAdminApp(this.database.url, admins));
  }

  /** After each test. */
  async end(): Promise<void> {
    await Promise.all([this.app, ...this.others].map((one) => one.close()));
    this.others = [];
  }

  async drop(): Promise<void> {
    await this.database.drop();
  }

  /** Another replica over the same database, perhaps configured otherwise. */
  async replica(admins: readonly string[], overrides: Headers = {}): Promise<NestFastifyApplication> {
    const started = await startAdminApp(this.database.url, admins, overrides);
    this.others.push(started.app);
    return started.app;
  }

  send(method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers, payload?: Json, at = this.app) {
    const { remoteAddress } = this;
    const body = payload === undefined ? {} : { payload };
    return at.inject({ method, url: `/api${url}`, headers, remoteAddress, ...body });
  }

  post(url: string, payload?: Json, headers: Headers = { origin: ORIGIN }, at = this.app) {
    return this.send('POST', url, headers, payload, at);
  }

  me(headers: Headers, at = this.app) {
    return this.send('GET', '/admin/me', headers, undefined, at);
  }

  async issue(wallet: TestWallet, at = this.app): Promise<NonceAnswer> {
    const response = await this.post('/admin/nonce', { wallet: wallet.address }, { origin: ORIGIN }, at);
    if (response.statusCode !== 200) throw new Error(`no nonce: ${response.statusCode} ${response.body}`);
    return response.json<NonceAnswer>();
  }

  async login(wallet: TestWallet, at = this.app) {
    const { nonce, message } = await this.issue(wallet, at);
    const body = { wallet: wallet.address, nonce, signature: wallet.signBase58(message) };
    return this.post('/admin/login', body, { origin: ORIGIN }, at);
  }

  /** The id of a new session, as its cookie carries it. */
  async sessionOf(wallet: TestWallet): Promise<string> {
    const response = await this.login(wallet);
    if (response.statusCode !== 200) throw new Error(`no session: ${response.statusCode} ${response.body}`);
    return response.cookies[0]?.value ?? '';
  }

  rows(sql: string): Promise<Json[]> {
    return execute<Json>(this.database.url, sql);
  }
}

export const cookie = (id: string) => ({ cookie: `cts_admin_session=${id}` });
