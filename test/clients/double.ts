import type { Problem } from '../../clients/typescript/src/index.js';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** What the service answers next, or how the connection fails. */
export type Answer = (sent: Sent) => Response;

/** The service as a client sees it: it gives the answers of the test in their order, and keeps what it was sent. */
export function service(...answers: readonly Answer[]) {
  const sent: Sent[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.text();
    const { method, headers } = request;
    const { pathname } = new URL(request.url);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    sent.push({ method, path: pathname, headers, body });
    const answer = answers[sent.length - 1];
    if (answer === undefined) throw new Error(`nobody has told what to answer to ${method} ${pathname}`);
    return answer(sent.at(-1) as Sent);
  };
  return { sent, send };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });

export const ok = (body: unknown, headers?: Record<string, string>): Answer => json(200, body, headers);

export function refuses(status: number, code: Problem['code'], headers?: Record<string, string>): Answer {
  const problem = {
    type: `https://commit.example/errors#${code}`,
    title: code,
    status,
    detail: 'What happened.',
    instance: '/',
    code,
    requestId: '01a20533-daf6-73f1-b19b-6149cad3e4dd',
  };
  return json(status, problem, { 'content-type': 'application/problem+json', ...headers });
}

/** Something between client and service has answered. */
export const proxy =
  (status: number): Answer =>
  () =>
    new Response('<h1>Bad gateway</h1>', { status, headers: { 'content-type': 'text/html' } });

export const lost: Answer = () => {
  throw new TypeError('the connection is gone');
};
