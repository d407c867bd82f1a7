import { encodeBase58 } from '#src/common/text/base58.js';

/** So much of a secret in a row, in any encoding, is a leak. */
const WINDOW = 16;

/** A text as it is set, or the bytes that it stands for. */
export type SecretValue = string | Uint8Array;

export interface Leak {
  readonly secret: string;
  readonly encoding: string;
  readonly place: string;
  /** What is around it, without the secret. */
  readonly before: string;
}

/** Looks for every piece of every secret in every encoding at once, wherever in a text. */
export class SecretSearch {
  searchedCharacters = 0;
  readonly names = new Set<string>();
  private readonly pieces = new Map<string, { secret: string; encoding: string }>();

  /** @throws Error for a secret that is too short to be told from chance */
  add(secret: string, value: SecretValue): void {
    const bytes = Buffer.from(value);
    if (bytes.length < WINDOW) throw new Error(`${secret} is too short to be searched for`);
    this.names.add(secret);
    for (const [encoding, text] of encodingsOf(value)) this.addPieces(secret, encoding, text);
  }

  /** A Solana key: the second half of its 64 bytes is the address, which is no secret. */
  addKey(secret: string, key: Uint8Array): void {
    this.add(secret, key.slice(0, 32));
    this.addPieces(secret, 'base58 of 64 bytes', encodeBase58(key).slice(0, 40));
  }

  /** The first leak of each secret, encoding and place. */
  leaksIn(place: string, text: string): Leak[] {
    this.searchedCharacters += text.length;
    const found = new Map<string, Leak>();
    for (let at = 0; at + WINDOW <= text.length; at += 1) {
      const piece = this.pieces.get(text.slice(at, at + WINDOW));
      if (piece === undefined) continue;
      const key = `${piece.secret} ${piece.encoding}`;
      if (!found.has(key)) found.set(key, { ...piece, place, before: text.slice(Math.max(0, at - 300), at) });
    }
    return [...found.values()];
  }

  private addPieces(secret: string, encoding: string, text: string): void {
    for (let at = 0; at + WINDOW <= text.length; at += 1) {
      const piece = text.slice(at, at + WINDOW);
      if (!this.pieces.has(piece)) this.pieces.set(piece, { secret, encoding });
    }
  }
}

/** Every way in which a secret may be written. */
export function encodingsOf(value: SecretValue): [string, string][] {
  const bytes = Buffer.from(value);
  const texts: [string, string][] =
    typeof value === 'string'
      ? [
          ['text', value],
          ['JSON text', JSON.stringify(value).slice(1, -1)],
          ['URL-encoded', encodeURIComponent(value)],
          ['form-encoded', new URLSearchParams([['', value]]).toString().slice(1)],
        ]
      : [['base58', encodeBase58(bytes)]];
  return [
    ...texts,
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['JSON array', bytes.join(',')],
    ['JSON array, spaced', bytes.join(', ')],
    ...[0, 1, 2].flatMap((shift): [string, string][] => base64At(bytes, shift)),
  ];
}

/** As it looks in the base64 of something longer, `shift` bytes from where a group begins. */
function base64At(bytes: Buffer, shift: number): [string, string][] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
  const [first, last] = [shift === 0 ? 0 : shift + 1, Math.floor((whole.length * 8) / 6)];
  return [
    [`base64+${shift}`, whole.toString('base64').slice(first, last)],
    [`base64url+${shift}`, whole.toString('base64url').slice(first, last)],
  ];
}
