import { ADMIN_ACTIONS, type AdminAction, adminRequest } from '#src/common/admin-actions.js';
import type { LocalWallet } from '#src/local/chain/local-wallet.js';

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** An answer other than 2xx, with the problem document's members. */
export class ApiError extends Error {
  constructor(
    request: string,
    readonly status: number,
    readonly code: string | undefined,
    readonly problem: Readonly<Record<string, unknown>>,
  ) {
    const detail = problem['detail'] ?? problem['title'] ?? '';
    super(`${request} answered ${status} ${code ?? ''}: ${JSON.stringify(detail)}`);
    this.name = 'ApiError';
  }
}

/** What the API answers for a commitment; only the members that local clients look at. */
export interface CommitmentAnswer {
  readonly id: string;
  readonly status: string;
  readonly wallet: string;
  readonly termsHash: string;
  readonly amountLamports?: number;
  readonly attestedAt?: string;
  readonly resolvedAt?: string;
  readonly escrow: { readonly address: string; readonly balanceLamports: number | null };
}

export interface PayoutAnswer {
  readonly id: string;
  readonly status: string;
  readonly source: string;
  readonly destination: string;
  readonly amountLamports: number;
  readonly signature?: string;
  readonly attempts: readonly { readonly signature: string | null; readonly status: string }[];
}

/** Answer of a paying route; 202 without a signature while the payment is not confirmed. */
export interface PaymentAnswer {
  readonly payout: PayoutAnswer;
  readonly commitment: CommitmentAnswer;
  readonly signature?: string;
}

interface SigningMessage {
  readonly message: string;
  readonly issuedAt: string;
}

interface SignedRequestOptions {
  readonly method?: 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
}

export type ActionParams = Readonly<Record<string, unknown>>;

/** A client of the public REST API and nothing else: what it can do, anybody can. */
export class RestClient {
  private cookie: string | undefined;
  private admin: LocalWallet | undefined;

  /**
   * @param apiUrl for example http://127.0.0.1:3000, without the prefix
   * @param origin what a browser would send as Origin; the API's APP_ORIGIN
   * @param headers sent with every request
   */
  constructor(
    readonly apiUrl: string,
    readonly origin: string = apiUrl,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** @param path without the prefix: `/commitments`. @throws ApiError */
  get<T>(path: string): Promise<ApiAnswer<T>> {
    return this.request<T>('GET', path);
  }

  /** @throws ApiError */
  post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ApiAnswer<T>> {
    return this.request<T>('POST', path, body, headers);
  }

  /** @throws ApiError */
  delete<T>(path: string, body?: unknown): Promise<ApiAnswer<T>> {
    return this.request<T>('DELETE', path, body);
  }

  /**
   * Asks for the text to sign, signs it and posts the action.
   * @param path may name params, which then stay out of the body: `/commitments/:commitmentId/attest`
   */
  async signAction<T>(
    wallet: LocalWallet,
    action: string,
    params: ActionParams,
    path: string,
    { method = 'POST', headers = {} }: SignedRequestOptions = {},
  ): Promise<ApiAnswer<T>> {
    const { route, body } = await this.signed(wallet, action, params, path);
    return this.request<T>(method, route, body, headers);
  }

  /** Signs what the signed-in admin does, and does it; where nobody is signed in it is sent as it is. @throws ApiError */
  async act<T>(
    action: AdminAction,
    params: ActionParams,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer<T>> {
    const { method, path, body } = adminRequest(action, params);
    if (this.admin === undefined) return this.request<T>(method, path, body, headers);
    return this.signAction<T>(this.admin, action, params, ADMIN_ACTIONS[action].path, { method, headers });
  }

  /** What `signAction` sends: the path with its params filled in, and the signed body. */
  async signed(wallet: LocalWallet, action: string, params: ActionParams, path: string) {
    const { body: text } = await this.post<SigningMessage>('/signing-messages', {
      action,
      wallet: wallet.address,
      params,
    });
    const body: Record<string, unknown> = { ...params };
    const route = path.replace(/:(\w+)/g, (_, name: string) => {
      delete body[name];
      return encodeURIComponent(String(params[name]));
    });
    const signature = wallet.signBase58(text.message);
    return { route, body: { ...body, wallet: wallet.address, issuedAt: text.issuedAt, signature } };
  }

  /** Signs in as an admin; the session's cookie goes with every later request of this client. */
  async adminLogin(wallet: LocalWallet): Promise<void> {
    const { body } = await this.post<{ nonce: string; message: string }>('/admin/nonce', {
      wallet: wallet.address,
    });
    const answer = await this.post('/admin/login', {
      wallet: wallet.address,
      nonce: body.nonce,
      signature: wallet.signBase58(body.message),
    });
    this.admin = wallet;
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
  }

  private async request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<T>> {
    const response = await fetch(`${this.apiUrl}/api${path}`, {
      method,
      headers: {
        accept: 'application/json',
        origin: this.origin,
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(180_000),
    });
    const answer = parse(await response.text());
    if (!response.ok) {
      const code = typeof answer['code'] === 'string' ? answer['code'] : undefined;
      throw new ApiError(`${method} ${path}`, response.status, code, answer);
    }
    return { status: response.status, headers: response.headers, body: answer as T };
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
