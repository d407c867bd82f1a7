import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { decodePublicKey, decodeSignature } from '#src/common/text/base58.js';

/** The keys that seals are signed with, as anybody can check them. Keys and signatures are base58, numbers decimal digits. */
export interface SealKey {
  readonly number: number;
  readonly publicKey: string;
  /** The last seal of the key before it; '0' for the first. */
  readonly afterSeal: string;
  /** Both over `keyStatement`: the key names its predecessor, and is named by it. */
  readonly ownSignature: string;
  readonly previousSignature: string | null;
  /** UTC with microseconds. */
  readonly madeAt: string;
}

/** What a new key and its predecessor sign: neither can be put into the chain, or taken out of it, without the other. */
export function keyStatement(
  { number, publicKey, afterSeal }: Pick<SealKey, 'number' | 'publicKey' | 'afterSeal'>,
  previous: string | null,
): string {
  return `cts-audit-key:${number}:${publicKey}:${previous ?? 'none'}:${afterSeal}`;
}

/** What the signature of a seal is over. */
export function sealStatement({ id, hash }: { readonly id: string; readonly hash: string }): string {
  return `cts-audit-seal:${id}:${hash}`;
}

export function isSignedBy(publicKey: string, statement: string, signature: string | null): boolean {
  const [point, bytes] = [decodePublicKey(publicKey), decodeSignature(signature)];
  if (point === null || bytes === null) return false;
  return verify(null, Buffer.from(statement, 'utf8'), keyObject(point), bytes);
}

function keyObject(point: Uint8Array): KeyObject {
  const x = Buffer.from(point).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

export interface KeyProblem {
  readonly number: number | null;
  readonly detail: string;
}

/** Keys by number that somebody who trusts one of them may trust. */
export class KeyChain {
  private constructor(
    private readonly keys: readonly SealKey[],
    private readonly believed: ReadonlySet<number>,
    readonly problems: readonly KeyProblem[],
  ) {}

  /** @param trusted public keys known from outside of the log */
  static of(keys: readonly SealKey[], trusted: readonly string[]): KeyChain {
    const linked = keys.map((key, index) => isLinked(key, keys[index - 1]));
    const roots = keys.flatMap(({ publicKey }, index) => (trusted.includes(publicKey) ? [index] : []));
    const believed = new Set<number>();
    for (const root of roots) for (const index of around(root, linked)) believed.add(index + 1);
    const unknown = keys.filter((_, index) => !believed.has(index + 1));
    const problems = unknown.map(({ number, publicKey }) => ({
      number,
      detail: `seal key ${number} (${publicKey}) is neither trusted nor vouched for by a key that is`,
    }));
    return new KeyChain(keys, believed, problems);
  }

  /** Whether the key of this number was in use for that seal, may be believed, and has signed it. */
  hasSigned(seal: SignedSeal): boolean {
    const key = this.keys[seal.keyNumber - 1];
    if (key === undefined || !this.believed.has(seal.keyNumber)) return false;
    const next = this.keys[seal.keyNumber];
    const id = BigInt(seal.id);
    if (id <= BigInt(key.afterSeal) || (next !== undefined && id > BigInt(next.afterSeal))) return false;
    return isSignedBy(key.publicKey, sealStatement(seal), seal.signature);
  }
}

export interface SignedSeal {
  readonly id: string;
  readonly hash: string;
  readonly keyNumber: number;
  readonly signature: string;
}

function isLinked(key: SealKey, previous: SealKey | undefined): boolean {
  const statement = keyStatement(key, previous?.publicKey ?? null);
  if (!isSignedBy(key.publicKey, statement, key.ownSignature)) return false;
  if (previous === undefined) return key.number === 1 && key.afterSeal === '0';
  return (
    key.number === previous.number + 1 && isSignedBy(previous.publicKey, statement, key.previousSignature)
  );
}

/** The stretch of keys that vouch for each other, around one of them. */
function around(root: number, linked: readonly boolean[]): number[] {
  let [from, to] = [root, root];
  while (from > 0 && linked[from] === true) from -= 1;
  while (linked[to + 1] === true) to += 1;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
