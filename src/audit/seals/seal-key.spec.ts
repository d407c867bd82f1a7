import { generateKeyPairSync, sign } from 'node:crypto';
import bs58 from 'bs58';
import { describe, expect, it } from 'vitest';
import { KeyChain, keyStatement, sealStatement, type SealKey } from './seal-key.js';

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicText = bs58.encode(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return {
    publicKey: publicText,
    sign: (text: string) => bs58.encode(sign(null, Buffer.from(text), privateKey)),
  };
}
type Key = ReturnType<typeof newKey>;

/** Each key takes over after ten seals. */
function rowsOf(keys: readonly Key[], signedBy: (index: number) => Key | undefined = (i) => keys[i - 1]) {
  return keys.map((key, index): SealKey => {
    const row = { number: index + 1, publicKey: key.publicKey, afterSeal: String(index * 10) };
    const statement = keyStatement(row, keys[index - 1]?.publicKey ?? null);
    const previousSignature = index === 0 ? null : (signedBy(index)?.sign(statement) ?? null);
    return { ...row, ownSignature: key.sign(statement), previousSignature, madeAt: '' };
  });
}

const [A, B, C, THIEF] = [newKey(), newKey(), newKey(), newKey()] as [Key, Key, Key, Key];

function sealBy(key: Key, id: string, keyNumber: number) {
  const hash = 'ab'.repeat(32);
  return { id, hash, keyNumber, signature: key.sign(sealStatement({ id, hash })) };
}

describe('the keys of seals', () => {
  it.each([
    ['the first', A],
    ['one between', B],
    ['the newest', C],
  ])('are all believed by whoever trusts %s', (_, trusted) => {
    const chain = KeyChain.of(rowsOf([A, B, C]), [trusted.publicKey]);
    expect(chain.problems).toEqual([]);
    expect(
      [sealBy(A, '3', 1), sealBy(B, '11', 2), sealBy(C, '999', 3)].map((s) => chain.hasSigned(s)),
    ).toEqual([true, true, true]);
  });

  it('sign only the seals of their own time, and those alone', () => {
    const chain = KeyChain.of(rowsOf([A, B]), [A.publicKey]);
    expect(chain.hasSigned(sealBy(A, '10', 1))).toBe(true);
    expect(chain.hasSigned(sealBy(A, '11', 1))).toBe(false);
    expect(chain.hasSigned(sealBy(B, '10', 2))).toBe(false);
    expect(chain.hasSigned({ ...sealBy(A, '3', 1), id: '4' })).toBe(false);
    expect(chain.hasSigned(sealBy(THIEF, '3', 1))).toBe(false);
    expect(chain.hasSigned({ ...sealBy(A, '3', 1), signature: 'no signature' })).toBe(false);
  });

  it('T10: a key that only the table vouches for is named, and its seals are not believed', () => {
    const chain = KeyChain.of(rowsOf([THIEF]), [A.publicKey]);
    expect(chain.problems).toMatchObject([{ number: 1 }]);
    expect(chain.hasSigned(sealBy(THIEF, '1', 1))).toBe(false);
    expect(KeyChain.of(rowsOf([A]), []).problems).toHaveLength(1);
  });

  it('T10: a successor that its predecessor has not signed is named', () => {
    const chain = KeyChain.of(
      rowsOf([A, THIEF], () => THIEF),
      [A.publicKey],
    );
    expect(chain.problems).toMatchObject([{ number: 2 }]);
    expect(chain.hasSigned(sealBy(THIEF, '12', 2))).toBe(false);
    expect(chain.hasSigned(sealBy(A, '2', 1))).toBe(true);
  });
});
