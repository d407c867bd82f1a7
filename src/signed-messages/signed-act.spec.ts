import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { readSignedAct, saysExactly, type StoredAct, textParam } from './signed-act.js';
import { buildSignedMessage, type SignedMessageParts } from './signed-message.js';

const HOST = 'app.example.com';
const HOSTS = [HOST, 'old.example.com'];
const ID = '0199c7a0-0000-7000-8000-000000000001';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
const wallet = encodeBase58(rawKey);

const PARTS: SignedMessageParts = {
  host: HOST,
  action: 'milestone.complete',
  wallet,
  issuedAt: '2026-11-22T10:00:00.250Z',
  params: {
    commitmentId: ID,
    lamports: 5,
    note: 'zwölf\u202e',
    list: ['a', { b: null }],
    long: 'x'.repeat(300),
  },
};

function stored(parts: SignedMessageParts, envelope = 'text'): StoredAct {
  const text = buildSignedMessage(parts);
  return { text, envelope, signature: signatureOf(Buffer.from(text, 'utf8')) };
}

function signatureOf(bytes: Uint8Array): string {
  return encodeBase58(sign(null, bytes, privateKey));
}

function refusalOf(act: StoredAct): string | null {
  const reading = readSignedAct(act, HOSTS);
  return 'refusal' in reading ? reading.refusal : null;
}

describe('readSignedAct', () => {
  it('T11: reads every parameter back out of the text that the wallet has signed', () => {
    const reading = readSignedAct(stored(PARTS), HOSTS);
    if ('refusal' in reading) throw new Error(reading.refusal);
    const { act } = reading;
    expect(act).toMatchObject({ action: 'milestone.complete', host: HOST, wallet });
    expect(act.issuedAt.toISOString()).toBe(PARTS.issuedAt);
    expect(textParam(act, 'commitmentId')).toBe(ID);
    expect(act.params.get('lamports')).toEqual({ value: 5 });
    expect(act.params.get('note')).toEqual({ value: 'zwölf\u202e' });
    expect(act.params.get('list')).toEqual({ value: ['a', { b: null }] });
    expect(act.params.get('long')).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(textParam(act, 'long')).toBeNull();
    expect(textParam(act, 'missing')).toBeNull();
  });

  it('takes the envelope that a hardware wallet signs, and only as it was stored', () => {
    const text = buildSignedMessage(PARTS);
    const envelope = Buffer.concat([
      Buffer.of(0xff),
      Buffer.from('solana offchain', 'ascii'),
      Buffer.of(1, 1),
      rawKey,
      Buffer.from(text, 'utf8'),
    ]);
    const act = { text, envelope: 'offchain-v1', signature: signatureOf(envelope) };
    expect(refusalOf(act)).toBeNull();
    expect(refusalOf({ ...act, envelope: 'text' })).toContain('signature');
    expect(refusalOf({ ...act, envelope: 'unknown' })).toContain('signature');
  });

  it('takes a host of APP_ORIGIN_PREVIOUS and no other one', () => {
    expect(refusalOf(stored({ ...PARTS, host: 'old.example.com' }))).toBeNull();
    expect(refusalOf(stored({ ...PARTS, host: 'evil.example.com' }))).toContain('evil.example.com');
  });

  it('reads a text without parameters', () => {
    const reading = readSignedAct(stored({ ...PARTS, params: {} }), HOSTS);
    expect('act' in reading && reading.act.params.size).toBe(0);
  });

  it('T8: refuses whatever was changed after the signature', () => {
    const act = stored(PARTS);
    expect(refusalOf({ ...act, text: act.text.replace('"zwölf', '"zwoelf') })).toContain('signature');
    expect(refusalOf({ ...act, signature: signatureOf(Buffer.from('other')) })).toContain('signature');
    expect(refusalOf({ ...act, signature: 'x' })).toContain('signature');
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    const stranger = encodeBase58(Buffer.from(other, 'base64url'));
    expect(refusalOf({ ...act, text: act.text.replace(wallet, stranger) })).toContain(stranger);
  });

  it.each([
    ['nothing', ''],
    ['another text', 'Pay me'],
    ['no parameters line', buildSignedMessage(PARTS).split('\n').slice(0, 4).join('\n')],
    ['parameters that are none', `${buildSignedMessage({ ...PARTS, params: {} })}\n`],
    ['a line behind none', `${buildSignedMessage({ ...PARTS, params: {} })}\n- a: 1`],
    ['parameters without any', buildSignedMessage({ ...PARTS, params: {} }).replace(' none', '')],
    ['an empty line', `${buildSignedMessage(PARTS)}\n`],
    ['parameters out of order', buildSignedMessage({ ...PARTS, params: { b: 1 } }) + '\n- a: 1'],
    ['a parameter twice', buildSignedMessage({ ...PARTS, params: { b: 1 } }) + '\n- b: 1'],
    ['a value that is not canonical', buildSignedMessage({ ...PARTS, params: { a: 1 } }) + '0.0'],
    ['a value that is no JSON', buildSignedMessage({ ...PARTS, params: { a: 1 } }) + 'x'],
    ['another time format', buildSignedMessage(PARTS).replace('.250Z', 'Z')],
  ])('refuses %s, though it was signed', (_, text) => {
    expect(
      refusalOf({ text, envelope: 'text', signature: signatureOf(Buffer.from(text, 'utf8')) }),
    ).toContain('no signed message');
  });
});

describe('saysExactly', () => {
  it('compares the whole text, so that no parameter is missing, added or different', () => {
    const reading = readSignedAct(stored(PARTS), HOSTS);
    if ('refusal' in reading) throw new Error(reading.refusal);
    const { action, params } = PARTS;
    const says = (expected: Partial<Pick<SignedMessageParts, 'action' | 'wallet' | 'params'>>) =>
      saysExactly(reading.act, { action, wallet, params, ...expected });
    expect(says({})).toBe(true);
    expect(says({ action: 'milestone.signal' })).toBe(false);
    expect(says({ params: { ...params, lamports: 6 } })).toBe(false);
    expect(says({ params: { ...params, more: 1 } })).toBe(false);
    expect(says({ params: { commitmentId: ID } })).toBe(false);
    expect(says({ params: { ...params, long: 'y'.repeat(300) } })).toBe(false);
  });
});
