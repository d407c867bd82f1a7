import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#src/signed-messages/signed-message.js';
import { decodeSignature } from '#src/common/text/base58.js';
import { type Action, requestOf } from '../../clients/typescript/src/actions.js';
import { ApiError, CommitToShip, hasCode, type PayoutDto } from '../../clients/typescript/src/index.js';
import { type Answer, lost, ok, proxy, refuses, service } from './double.js';

const baseUrl = 'https://commit.example';
const ADDRESS = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const COMMITMENT = '01a20533-daf6-73f1-b19b-6149cad3e4dd';
const TEXT = {
  message: 'Sign this.',
  issuedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-22T10:05:00.000Z',
};
const ACT = ['commitment.attest', { commitmentId: COMMITMENT }] as const;

function given(...answers: readonly Answer[]) {
  const { sent, send } = service(...answers);
  const api = new CommitToShip({ baseUrl, fetch: send, retries: { attempts: 3, firstWaitMs: 1 } });
  return { sent, api };
}

/** Signs with sixty-four sevens, and keeps what it signed. */
function wallet() {
  const signed: string[] = [];
  const signMessage = async (bytes: Uint8Array) => {
    signed.push(new TextDecoder().decode(bytes));
    return new Uint8Array(64).fill(7);
  };
  return { signed, address: ADDRESS, signMessage };
}

const payout = (status: PayoutDto['status']): Answer => ok({ id: 'p', status });
const soon = { intervalMs: 1 };

describe('signAndSend', () => {
  it('asks for the text, has exactly that signed, and sends the signature with a key', async () => {
    const { sent, api } = given(ok(TEXT), ok({ id: COMMITMENT }));
    const signer = wallet();
    expect(await api.signAndSend(...ACT, signer)).toEqual({ id: COMMITMENT });
    expect(signer.signed).toEqual([TEXT.message]);
    const [asked, done] = sent;
    expect(asked).toMatchObject({ method: 'POST', path: '/api/signing-messages' });
    expect(asked?.body).toEqual({ action: ACT[0], wallet: ADDRESS, params: ACT[1] });
    expect(done).toMatchObject({ method: 'POST', path: `/api/commitments/${COMMITMENT}/attest` });
    const { signature, ...rest } = done?.body ?? {};
    expect(rest).toEqual({ wallet: ADDRESS, issuedAt: TEXT.issuedAt });
    expect(decodeSignature(String(signature))).toEqual(new Uint8Array(64).fill(7));
    expect(done?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('repeats a lost request with the same signature under the same key', async () => {
    const { sent, api } = given(ok(TEXT), lost, refuses(503, 'database_unavailable'), ok({ id: COMMITMENT }));
    const signer = wallet();
    await api.signAndSend(...ACT, signer, { idempotencyKey: 'mine' });
    const [, ...tries] = sent;
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ headers }) => headers.get('idempotency-key')))).toEqual(new Set(['mine']));
    expect(new Set(tries.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(signer.signed).toHaveLength(1);
  });

  it('sends nothing when the text is turned down, or the wallet refuses', async () => {
    const turnedDown = given(ok(TEXT));
    const signer = wallet();
    const review = (text: string) => {
      throw new Error(`no to "${text}"`);
    };
    await expect(turnedDown.api.signAndSend(...ACT, signer, { review })).rejects.toThrow(
      'no to "Sign this."',
    );
    expect(signer.signed).toEqual([]);
    const refused = given(ok(TEXT));
    const signMessage = () => Promise.reject(new Error('User rejected the request.'));
    await expect(refused.api.signAndSend(...ACT, { address: ADDRESS, signMessage })).rejects.toThrow(
      'rejected',
    );
    expect([turnedDown.sent, refused.sent].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('knows the route of every action that the service offers', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: object };
    const forms = Object.entries(paths).map(
      ([path, item]) =>
        [new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), Object.keys(item as object)] as const,
    );
    const params = { commitmentId: 'c', milestoneId: 'm', payoutId: 'p', pauseId: 'p', session: 's' };
    for (const action of ACTIONS as readonly Action[]) {
      const { method, url } = requestOf(action, params, ADDRESS);
      const isThere = forms.some(
        ([form, methods]) => form.test(url) && methods.includes(method.toLowerCase()),
      );
      expect(isThere, `${action}: ${method} ${url}`).toBe(true);
    }
  });
});

describe('an error of the client', () => {
  it('is what the service has answered, told by its code', async () => {
    const { api } = given(refuses(404, 'commitment_not_found'));
    const error: unknown = await api.signAndSend(...ACT, wallet()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, code: 'commitment_not_found', errors: [] });
    expect(hasCode(error, 'milestone_not_found', 'commitment_not_found')).toBe(true);
    expect(hasCode(error, 'milestone_not_found')).toBe(false);
    expect(String(error)).toContain('What happened.');
  });

  it('has no code where something between has answered, and none of ours where nothing did', async () => {
    const between = given(proxy(502));
    const error: unknown = await between.api.signAndSend(...ACT, wallet()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ApiError', status: 502, code: undefined, requestId: undefined });
    expect(hasCode(error, 'internal_error')).toBe(false);
    const gone = given(lost, lost, lost);
    await expect(gone.api.followPayout('p', soon)).rejects.toThrow(TypeError);
  });
});

describe('followPayout', () => {
  it('asks until nothing can undo it, and tells of each change once', async () => {
    const { sent, api } = given(
      payout('pending'),
      payout('in_flight'),
      payout('in_flight'),
      refuses(503, 'rpc_unavailable', { 'retry-after': '0' }),
      lost,
      payout('confirmed'),
      payout('finalized'),
    );
    const seen: string[] = [];
    const last = await api.followPayout('p', { ...soon, onChange: ({ status }) => seen.push(status) });
    expect(last.status).toBe('finalized');
    expect(seen).toEqual(['pending', 'in_flight', 'confirmed', 'finalized']);
    expect(sent.every(({ path }) => path === '/api/payouts/p')).toBe(true);
  });

  it('is content with a confirmed one where that was asked for', async () => {
    const { api } = given(payout('in_flight'), payout('confirmed'));
    expect((await api.followPayout('p', { ...soon, until: 'confirmed' })).status).toBe('confirmed');
  });

  it.each(['stopped', 'cancelled'] as const)('does not wait for a payout that is %s', async (status) => {
    const { api } = given(payout('in_flight'), payout(status));
    expect((await api.followPayout('p', soon)).status).toBe(status);
  });

  it('ends when it is told to, or when the payout is not there', async () => {
    const stop = new AbortController();
    const { api } = given(payout('in_flight'));
    const onChange = () => stop.abort(new Error('enough'));
    await expect(api.followPayout('p', { onChange, signal: stop.signal })).rejects.toThrow('enough');
    const none = given(refuses(404, 'payout_not_found'));
    await expect(none.api.followPayout('p', soon)).rejects.toMatchObject({ code: 'payout_not_found' });
  });
});
