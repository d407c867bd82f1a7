import { afterEach, describe, expect, it, vi } from 'vitest';
import { retryingFetch } from '../../clients/typescript/src/retrying-fetch.js';
import { type Answer, lost, ok, proxy, refuses, service } from './double.js';

const URL = 'https://commit.example/api/payouts';
const RETRIES = { attempts: 3, firstWaitMs: 1 };
const post = (headers: Record<string, string> = {}) => ({ method: 'POST', body: '{"a":1}', headers });

function given(...answers: readonly Answer[]) {
  const { sent, send } = service(...answers);
  return { sent, fetch: retryingFetch(RETRIES, send) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the fetch of the client', () => {
  it.each([429, 503])('waits as long as Retry-After of %i says, and no shorter', async (status) => {
    vi.useFakeTimers();
    const { sent, fetch } = given(refuses(status, 'too_many_requests', { 'retry-after': '7' }), ok({}));
    const answer = fetch(URL);
    await vi.advanceTimersByTimeAsync(6_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
  });

  it('waits half a minute at most, whoever answers what', async () => {
    vi.useFakeTimers();
    const { fetch } = given(refuses(503, 'rpc_unavailable', { 'retry-after': '86400' }), ok({}));
    const answer = fetch(URL);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await answer).status).toBe(200);
  });

  it('waits longer each time where nothing says how long', async () => {
    vi.useFakeTimers();
    const { sent, send } = service(proxy(503), proxy(503), ok({}));
    const answer = retryingFetch({ attempts: 3, firstWaitMs: 500 }, send)(URL);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
  });

  it('gives the last answer when it has asked often enough', async () => {
    const { sent, fetch } = given(proxy(503), proxy(503), proxy(503));
    expect((await fetch(URL)).status).toBe(503);
    expect(sent).toHaveLength(3);
  });

  it('sends the same request again after a lost answer where a key makes that safe', async () => {
    const { sent, fetch } = given(lost, ok({}));
    expect((await fetch(URL, post({ 'idempotency-key': 'k1' }))).status).toBe(200);
    expect(sent.map(({ headers, body }) => [headers.get('idempotency-key'), body])).toEqual([
      ['k1', { a: 1 }],
      ['k1', { a: 1 }],
    ]);
  });

  it('sends nothing twice after a lost answer where that may do it twice', async () => {
    const { sent, fetch } = given(lost, ok({}));
    await expect(fetch(URL, post())).rejects.toThrow('the connection is gone');
    expect(sent).toHaveLength(1);
  });

  it('asks again while the service works on the same key, and at no other conflict', async () => {
    const busy = given(refuses(409, 'request_in_progress'), ok({}));
    expect((await busy.fetch(URL, post({ 'idempotency-key': 'k1' }))).status).toBe(200);
    for (const conflict of [refuses(409, 'already_resolved'), proxy(409)]) {
      const { sent, fetch } = given(conflict);
      expect((await fetch(URL, post({ 'idempotency-key': 'k1' }))).status).toBe(409);
      expect(sent).toHaveLength(1);
    }
  });

  it('stops when it is told to, at once', async () => {
    const stop = new AbortController();
    const { sent, send } = service(proxy(503), ok({}));
    const answer = retryingFetch({ attempts: 3, firstWaitMs: 600_000 }, send)(URL, { signal: stop.signal });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(sent).toHaveLength(1);
  });
});
