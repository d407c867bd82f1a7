import { type Action, type Answers, type ParamsOf, requestOf } from './actions.js';
import { ApiError } from './api-error.js';
import { type Client, createClient } from './generated/client/index.js';
import { createSigningMessage, getPayout, requestSignInNonce, signIn } from './generated/sdk.gen.js';
import type { AdminSessionAnswer, PayoutDto, Problem, SigningMessageRequest } from './generated/types.gen.js';
import { pause, type RetryOptions, retryingFetch } from './retrying-fetch.js';
import { signText, type Wallet } from './wallet.js';

export interface CommitToShipOptions {
  /** Where the service is, such as `https://commit.example`. */
  readonly baseUrl: string;
  readonly retries?: Partial<RetryOptions>;
  readonly fetch?: typeof fetch;
}

export interface SendOptions {
  /** Where the caller keeps one, so that it can send the same request after a restart; else a random one. */
  readonly idempotencyKey?: string;
  /** Gets the exact text before the wallet does; what it throws keeps the wallet from signing. */
  readonly review?: (text: string) => void | Promise<void>;
}

export interface FollowOptions {
  /** `confirmed`: the network has it. `finalized`, the default: nothing can undo it. */
  readonly until?: 'confirmed' | 'finalized';
  readonly onChange?: (payout: PayoutDto) => void;
  readonly signal?: AbortSignal;
  readonly intervalMs?: number;
}

interface Result<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response?: Response | undefined;
}

/** One deployment, as a wallet or an admin speaks to it. */
export class CommitToShip {
  /** For the generated operations: `getCommitment({ client: api.client, path: { id } })`. */
  readonly client: Client;

  constructor({ baseUrl, retries, fetch: send }: CommitToShipOptions) {
    const retrying = retryingFetch({ attempts: 5, firstWaitMs: 500, ...retries }, send);
    this.client = createClient({ baseUrl, fetch: retrying, credentials: 'include' });
  }

  /**
   * The three steps of every signed action: it asks for the text, has the wallet sign it, and sends the signature.
   * @throws ApiError; what the wallet or `review` throws
   */
  async signAndSend<A extends Action>(
    action: A,
    params: ParamsOf<A>,
    wallet: Wallet,
    { idempotencyKey = crypto.randomUUID(), review }: SendOptions = {},
  ): Promise<Answers[A]> {
    const body = { action, wallet: wallet.address, params } as SigningMessageRequest;
    const { message, issuedAt } = await this.take(createSigningMessage({ client: this.client, body }));
    await review?.(message);
    const signature = await signText(wallet, message);
    const request = requestOf(action, params, wallet.address);
    const signed = { ...request.body, wallet: wallet.address, issuedAt, signature };
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
    return this.take<Answers[A]>(
      this.client.request({ ...request, body: signed, headers }) as Promise<Result<Answers[A]>>,
    );
  }

  /**
   * Opens an admin's session, for the acts that need one. Browsers keep its cookie; elsewhere this client does.
   * @throws ApiError
   */
  async signIn(wallet: Wallet): Promise<AdminSessionAnswer> {
    const { client } = this;
    const body = { wallet: wallet.address };
    const { nonce, message, signInInput } = await this.take(requestSignInNonce({ client, body }));
    const signature = await signText(wallet, message);
    const headers = { Origin: signInInput.uri };
    const answer = await signIn({ client, body: { ...body, nonce, signature }, headers });
    const session = await this.take(Promise.resolve(answer));
    const cookie = answer.response?.headers.get('set-cookie')?.split(';', 1)[0];
    // Browsers ignore both: they send their own.
    if (cookie !== undefined) client.setConfig({ headers: { ...headers, cookie } });
    return session;
  }

  /**
   * Asks until a payout is where it is waited for, or until it does not continue without a person (`stopped`, `cancelled`).
   * @throws ApiError; what `signal` was aborted with
   */
  async followPayout(
    id: string,
    { until = 'finalized', onChange, signal, intervalMs = 2_000 }: FollowOptions = {},
  ): Promise<PayoutDto> {
    const ends: readonly PayoutDto['status'][] = ['finalized', 'stopped', 'cancelled', until];
    let last: PayoutDto['status'] | undefined;
    for (;;) {
      const payout = await this.take(
        getPayout({ client: this.client, path: { id }, signal: signal ?? null }),
      );
      if (payout.status !== last) onChange?.(payout);
      if (ends.includes(payout.status)) return payout;
      last = payout.status;
      await pause(intervalMs, signal);
    }
  }

  /**
   * What an operation has answered: `await api.take(getCommitment({ client: api.client, path: { id } }))`.
   * @throws ApiError; what fetch throws when there is no answer
   */
  async take<T>(result: Promise<Result<T>>): Promise<T> {
    const { data, error, response } = await result;
    if (response?.ok) return data as T;
    if (response === undefined) throw error;
    throw new ApiError(response.status, isProblem(error) ? error : undefined);
  }
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'requestId' in error;
}
