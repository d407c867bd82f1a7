import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import bs58 from 'bs58';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { encodeBase58 } from '#src/common/text/base58.js';
import { HandClock } from '#src/common/clock.fake.js';
import { DomainError, ValidationError } from '#src/common/errors/errors.js';
import { currentContext, runInContext } from '#src/common/request-context.js';
import { RequestCounter } from '#src/rate-limit/request-counter.service.js';
import { SignedActionRegistry } from './signed-action.registry.js';
import { SignedMessages, type SignedRequest } from './signed-messages.service.js';

const START = Date.parse('2026-11-22T10:00:00.250Z');
const COMMITMENT = '0199c7a0-0000-7000-8000-000000000001';
const MINUTE = 60_000;

function newWallet() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const address = encodeBase58(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return { address, signText: (text: string) => signText(text, privateKey) };
}

function signText(text: string, key: KeyObject): string {
  return encodeBase58(sign(null, Buffer.from(text, 'utf8'), key));
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'none';
}

function serviceFor(origin: string, clock: HandClock, registry = new SignedActionRegistry()) {
  return new SignedMessages(
    new Settings(parseEnvironment({ NODE_ENV: 'test', APP_ORIGIN: origin })),
    clock,
    registry,
    // Outside a request nobody is counted.
    new RequestCounter({ increment: () => Promise.reject(new Error('counted')) }),
  );
}

describe('SignedMessages', () => {
  const wallet = newWallet();
  let clock: HandClock;
  let service: SignedMessages;
  let request: SignedRequest;

  beforeEach(async () => {
    clock = new HandClock(START);
    const registry = new SignedActionRegistry();
    registry.register({
      action: 'commitment.attest',
      prepare: async (_wallet, params) => {
        const { commitmentId } = params as { commitmentId?: unknown };
        if (typeof commitmentId !== 'string') {
          throw new ValidationError([
            { path: 'params.commitmentId', message: 'commitmentId must be a string' },
          ]);
        }
        return { params: { commitmentId }, extra: { termsHash: 'abc', message: 'not this' } };
      },
    });
    service = serviceFor('https://app.example.com', clock, registry);
    const params = { commitmentId: COMMITMENT };
    const issued = await service.issue({ action: 'commitment.attest', wallet: wallet.address, params });
    request = {
      action: 'commitment.attest',
      wallet: wallet.address,
      issuedAt: issued.issuedAt,
      signature: wallet.signText(issued.message),
      params,
    };
  });

  it('issues the text, its times and what the feature adds', async () => {
    const answer = await service.issue({
      action: 'commitment.attest',
      wallet: wallet.address,
      params: { commitmentId: COMMITMENT },
    });
    expect(answer).toMatchObject({
      issuedAt: '2026-11-22T10:00:00.250Z',
      expiresAt: '2026-11-22T10:05:00.250Z',
      termsHash: 'abc',
    });
    expect(answer.message).toContain(`- commitmentId: "${COMMITMENT}"`);
    expect(answer.message).toContain('Host: app.example.com');
  });

  it.each(['commitment.destroy', 'commitment.create', '__proto__', ''])(
    'answers unknown_action for %j, which nobody handles here',
    async (action) => {
      const asked = service.issue({ action, wallet: wallet.address, params: {} });
      await expect(asked).rejects.toMatchObject({ code: 'unknown_action' });
    },
  );

  it('hands on what the feature finds wrong with the parameters', async () => {
    const asked = service.issue({ action: 'commitment.attest', wallet: wallet.address, params: {} });
    await expect(asked).rejects.toMatchObject({ errors: [{ path: 'params.commitmentId' }] });
  });

  it('refuses an address for which no key can exist', async () => {
    const offCurve = offCurveAddress();
    const asked = service.issue({ action: 'commitment.attest', wallet: offCurve, params: {} });
    await expect(asked).rejects.toMatchObject({ errors: [{ path: 'wallet' }] });
    expect(await codeOf(() => service.verify({ ...request, wallet: offCurve }))).toBe('validation_failed');
  });

  it('verifies what the wallet signed, and names the wallet as the actor', async () => {
    await runInContext({ requestId: 'r1' }, async () => {
      const { message, messageHash } = await service.verify(request);
      expect(message).toContain(COMMITMENT);
      expect(messageHash).toMatch(/^[0-9a-f]{64}$/);
      expect(currentContext()?.actor).toBe(wallet.address);
    });
  });

  it('takes the issued-at time also without its zero milliseconds', async () => {
    clock.at = Date.parse('2026-11-22T10:00:00.000Z');
    const asked = { action: 'commitment.attest', wallet: wallet.address, params: request.params };
    const signature = wallet.signText((await service.issue(asked)).message);
    expect(
      await codeOf(() => service.verify({ ...request, signature, issuedAt: '2026-11-22T10:00:00Z' })),
    ).toBe('none');
  });

  it('V6: a signature is worth nothing for another host, action, wallet, time or parameter', async () => {
    const others: Partial<SignedRequest>[] = [
      { action: 'commitment.create' },
      { wallet: newWallet().address },
      { issuedAt: '2026-11-22T10:00:00.251Z' },
      { params: { commitmentId: '0199c7a0-0000-7000-8000-000000000002' } },
      { params: {} },
      { params: { ...request.params, amountLamports: 1 } },
    ];
    await runInContext({ requestId: 'r1' }, async () => {
      for (const other of others) {
        expect(await codeOf(() => service.verify({ ...request, ...other }))).toBe('invalid_signature');
        expect(service.matches({ ...request, ...other })).toBe(false);
      }
      expect(await codeOf(() => serviceFor('https://evil.example', clock).verify(request))).toBe(
        'invalid_signature',
      );
      expect(currentContext()?.actor).toBeUndefined();
    });
  });

  it('V6: a message is good for five minutes either side of its time', async () => {
    const codeAt = (offset: number) => {
      clock.at = START + offset;
      return codeOf(() => service.verify(request));
    };
    for (const offset of [-5 * MINUTE, 0, 5 * MINUTE]) expect(await codeAt(offset)).toBe('none');
    for (const offset of [-5 * MINUTE - 1, 5 * MINUTE + 1])
      expect(await codeAt(offset)).toBe('message_expired');
    expect(service.matches(request)).toBe(true);
  });

  it.each([
    '',
    'yesterday',
    '2026-11-22',
    '2026-02-31T10:00:00Z',
    '1795341600',
    '2026-11-22T10:00:00.250+01:00',
  ])('refuses the issued-at time %j', async (issuedAt) => {
    expect(await codeOf(() => service.verify({ ...request, issuedAt }))).toBe('validation_failed');
  });

  it.each([
    ['empty', ''],
    ['too short', encodeBase58(new Uint8Array(63).fill(7))],
    ['too long', encodeBase58(new Uint8Array(65).fill(7))],
    ['not base58', '0OIl'.repeat(20)],
    ['hex', 'ab'.repeat(64)],
    ['with a line break', `${'2'.repeat(87)}\n`],
  ])('answers malformed_signature for a signature that is %s', async (_, signature) => {
    expect(await codeOf(() => service.verify({ ...request, signature }))).toBe('malformed_signature');
    expect(service.matches({ ...request, signature })).toBe(false);
  });

  it('D1: nothing of a 1 MiB base58 signature is decoded', async () => {
    const decode = vi.spyOn(bs58, 'decodeUnsafe');
    onTestFinished(() => decode.mockRestore());
    const signature = 'z'.repeat(1_048_576);
    expect(await codeOf(() => service.verify({ ...request, signature }))).toBe('malformed_signature');
    expect(decode).not.toHaveBeenCalledWith(signature);
  });

  it('refuses two features that claim one action', () => {
    const registry = new SignedActionRegistry();
    const handler = { action: 'dev.verify', prepare: async () => ({ params: {} }) } as const;
    registry.register(handler);
    expect(() => registry.register(handler)).toThrow('dev.verify');
  });
});

/** A 32-byte value that is no curve point: about every second one is none. */
function offCurveAddress(): string {
  // y = 2 has no x on the curve.
  const bytes = new Uint8Array(32);
  bytes[0] = 2;
  return encodeBase58(bytes);
}
