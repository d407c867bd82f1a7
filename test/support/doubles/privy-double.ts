import { type KeyObject, randomUUID, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';
import {
  type Answer,
  type Json,
  type PrivyFault,
  type PrivyRequest,
  Refusal,
  refused,
} from './privy-request.js';
import { type PrivyWallet, PrivyWallets } from './privy-wallets.js';

interface StoredAnswer extends Answer {
  readonly request: string;
  readonly at: number;
}

export interface PrivyDoubleOptions {
  readonly appId?: string;
  readonly appSecret?: string;
  /** The app demands a signature by this key (SPKI) for signing, besides what a wallet's owner demands. */
  readonly authorizationKey?: KeyObject;
}

const STORED_FOR_MS = 24 * 3_600_000;
const PREFIX = /^\/(?:api\/)?v1(?=\/)/;

/** Privy's wallet API as a real HTTP server on 127.0.0.1: what this service uses of it, with its wallets in memory. */
export class PrivyDouble {
  /** Decides about each request that passed the checks and is not answered from the store. */
  plan: (request: PrivyRequest) => PrivyFault | undefined = () => undefined;
  readonly requests: PrivyRequest[] = [];
  private readonly kept = new PrivyWallets();
  appSecret: string;
  readonly appId: string;
  private readonly stored = new Map<string, StoredAnswer>();
  private readonly turns = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly server: Server,
    private readonly options: PrivyDoubleOptions,
  ) {
    this.appId = options.appId ?? 'test-app';
    this.appSecret = options.appSecret ?? `secret-${randomUUID()}`;
  }

  static async start(options: PrivyDoubleOptions = {}): Promise<PrivyDouble> {
    const server = createServer();
    const double = new PrivyDouble(server, options);
    server.on('request', (request, response) => {
      double.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings of a service that keeps its escrows here. */
  get env(): Record<string, string> {
    return {
      ESCROW_CUSTODY: 'privy',
      PRIVY_APP_ID: this.appId,
      PRIVY_APP_SECRET: this.appSecret,
      PRIVY_API_URL: this.url,
      PRIVY_WALLET_API_URL: this.url,
    };
  }

  /** Requests to sign, oldest first. */
  signings(walletId?: string): PrivyRequest[] {
    const all = this.requests.filter(({ path }) => path.endsWith('/rpc'));
    return walletId === undefined ? all : all.filter((request) => request.walletId === walletId);
  }

  get wallets(): readonly PrivyWallet[] {
    return this.kept.all;
  }

  walletOf(address: string): PrivyWallet {
    const wallet = this.wallets.find(({ key }) => key.address === address);
    if (wallet === undefined) throw new Error(`there is no wallet ${address}`);
    return wallet;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer | 'silence' | 'cut';
    try {
      const text = await readAll(incoming);
      this.checkCaller(incoming);
      const request = this.read(incoming, text);
      this.requests.push(request);
      this.checkAuthorized(request);
      answer = await this.inTurn(request, () => this.answer(request, text));
    } catch (error) {
      answer = refused(error);
    }
    if (answer === 'silence') return;
    if (answer === 'cut') return void response.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }

  private checkCaller({ headers }: IncomingMessage): void {
    const expected = `Basic ${Buffer.from(`${this.appId}:${this.appSecret}`).toString('base64')}`;
    if (headers.authorization !== expected) throw new Refusal(401, 'Invalid app ID or app secret.');
    if (headers['privy-app-id'] !== this.appId) throw new Refusal(400, 'Missing or wrong Privy app ID');
  }

  private read({ method = '', url = '', headers }: IncomingMessage, text: string): PrivyRequest {
    if (!PREFIX.test(url)) throw new Refusal(404, 'Not found');
    const path = url.replace(PREFIX, '');
    if (method === 'POST' && !headers['content-type']?.startsWith('application/json'))
      throw new Refusal(415, 'Expected application/json');
    const body = method === 'POST' ? (JSON.parse(text) as Json) : {};
    const idempotencyKey = headers['privy-idempotency-key']?.toString();
    if (idempotencyKey !== undefined && idempotencyKey.length > 256)
      throw new Refusal(400, 'The idempotency key is too long');
    const walletId = /^\/wallets\/([^/?]+)/.exec(path)?.[1];
    const signed = canonicalJson({
      version: 1,
      method,
      url: `${this.url}${url}`,
      body: body as CanonicalValue,
      headers: {
        'privy-app-id': this.appId,
        ...(idempotencyKey === undefined ? {} : { 'privy-idempotency-key': idempotencyKey }),
      },
    });
    const signature = headers['privy-authorization-signature']?.toString();
    const authorized = this.keysFor(walletId).every((key) => isSigned(key, signed, signature));
    return { method, path, walletId, idempotencyKey, authorized, body };
  }

  private keysFor(walletId: string | undefined): KeyObject[] {
    const { owner } = this.kept.find(walletId) ?? {};
    return [this.options.authorizationKey, owner].filter((key) => key !== undefined);
  }

  private checkAuthorized({ path, authorized }: PrivyRequest): void {
    if (path.endsWith('/rpc') && !authorized)
      throw new Refusal(
        401,
        'No valid authorization signatures were provided',
        'zero_correct_authorization_signatures',
      );
  }

  /** Two requests with one key: the second finds what the first has stored. */
  private inTurn<T>({ idempotencyKey }: PrivyRequest, work: () => T): Promise<T> {
    if (idempotencyKey === undefined) return Promise.resolve().then(work);
    const turn = (this.turns.get(idempotencyKey) ?? Promise.resolve()).then(work);
    this.turns.set(
      idempotencyKey,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private answer(request: PrivyRequest, text: string): Answer | 'silence' | 'cut' {
    const fault = this.plan(request);
    if (fault?.kind === 'hang') return 'silence';
    if (fault?.kind === 'status')
      return { status: fault.status, body: fault.body ?? { error: 'UPSTREAM-WORDS' } };
    const answer = this.storedOrDone(request, text, fault);
    if (fault?.kind === 'lost_answer') return 'silence';
    return fault?.kind === 'cut' ? 'cut' : answer;
  }

  private storedOrDone(request: PrivyRequest, text: string, fault: PrivyFault | undefined): Answer {
    const { idempotencyKey: key, method, path } = request;
    const identity = `${method} ${path} ${text}`;
    const known = key === undefined ? undefined : this.stored.get(key);
    if (known !== undefined && Date.now() - known.at < STORED_FOR_MS) {
      if (known.request !== identity) throw new Refusal(400, 'Invalid use of the idempotency key');
      return known;
    }
    const answer = this.done(request, fault);
    if (key !== undefined && method === 'POST')
      this.stored.set(key, { ...answer, request: identity, at: Date.now() });
    return answer;
  }

  private done(request: PrivyRequest, fault: PrivyFault | undefined): Answer {
    if (fault?.kind === 'stored_error')
      return { status: fault.status, body: { error: 'UPSTREAM-WORDS', code: 'internal' } };
    if (fault?.kind === 'error_body') return { status: 200, body: { error: 'UPSTREAM-WORDS' } };
    try {
      return { status: 200, body: this.kept.answer(request, fault) };
    } catch (error) {
      return refused(error);
    }
  }
}

function isSigned(key: KeyObject, text: string, signature: string | undefined): boolean {
  if (signature === undefined) return false;
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

async function readAll(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
