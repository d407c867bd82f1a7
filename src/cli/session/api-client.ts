import { present } from '#src/common/present.js';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '#src/common/errors/errors.js';
import { CliError } from './cli-error.js';
import { refusalText } from './refusal.js';
import type { Session } from './session-file.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const TIMEOUT_MS = 60_000;

/** The REST API as the operators' command line speaks to it. */
export class ApiClient {
  constructor(private readonly session: Pick<Session, 'api'> & Partial<Pick<Session, 'origin' | 'cookie'>>) {}

  async get(path: string): Promise<ApiAnswer> {
    return this.send('GET', path);
  }

  async post(path: string, body: unknown = {}): Promise<ApiAnswer> {
    return this.send('POST', path, body);
  }

  async delete(path: string): Promise<ApiAnswer> {
    return this.send('DELETE', path);
  }

  /**
   * Writes an answer to a stream as it comes, however long it is.
   * @throws CliError also when the answer was cut off
   */
  async download(path: string, out: Writable): Promise<void> {
    const arrival = new AbortController();
    const timer = setTimeout(() => arrival.abort(new Error(`nothing for ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    const response = await this.fetch('GET', path, undefined, arrival.signal).finally(() =>
      clearTimeout(timer),
    );
    if (!response.ok || response.body === null) throw refusal(response, parse(await response.text()));
    try {
      await pipeline(Readable.fromWeb(response.body as never), out, { end: false });
    } catch (error) {
      throw new CliError(
        `GET ${path}: the answer was cut off (${messageOf(error)}); what was written is not all.`,
      );
    }
  }

  /** @throws CliError with the problem's title, code and detail when the API refuses. */
  async send(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.fetch(method, path, json);
    const text = await response.text();
    const answer = parse(text);
    if (!response.ok) throw refusal(response, answer);
    return { status: response.status, headers: response.headers, body: answer };
  }

  private async fetch(
    method: string,
    path: string,
    body?: string,
    signal = AbortSignal.timeout(TIMEOUT_MS),
  ): Promise<Response> {
    const { api, origin, cookie } = this.session;
    const type = body === undefined ? undefined : 'application/json';
    const headers = present({ accept: 'application/json', origin, cookie, 'content-type': type });
    try {
      return await fetch(`${api}/api${path}`, present({ method, headers, signal, body }));
    } catch (error) {
      throw new CliError(
        `${method} ${api}/api${path}: no answer (${messageOf(error)}). Is the API running there?`,
      );
    }
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  } catch {
    return { title: 'not a JSON answer' };
  }
}

function refusal(response: Response, problem: Record<string, unknown>): CliError {
  return new CliError(refusalText(response.status, problem), 1, problem);
}
