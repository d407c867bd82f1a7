/** Pure rules of uploaded avatars. */

/** Images that browsers show and that run nothing: no SVG. */
export const AVATAR_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export type AvatarType = (typeof AVATAR_TYPES)[number];

export const AVATAR_MAX_BYTES = 1024 * 1024;

const EXTENSIONS: Readonly<Record<AvatarType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
};
const PATH =
  /^([1-9A-HJ-NP-Za-km-z]{32,44})\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.([a-z]+)$/;

/** Where a wallet's upload goes within the bucket. */
export function avatarPath(wallet: string, id: string, type: AvatarType): string {
  return `${wallet}/${id}.${EXTENSIONS[type]}`;
}

/** What a path that was given out promises; null for any other text, or another wallet's path. */
export function typeOfPath(path: string, wallet: string): AvatarType | null {
  const [, owner, extension] = PATH.exec(path) ?? [];
  if (owner !== wallet) return null;
  return AVATAR_TYPES.find((type) => EXTENSIONS[type] === extension) ?? null;
}

/** What the bytes are, by how such a file begins; null for anything else. */
export function typeOfImage(bytes: Uint8Array): AvatarType | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  return head.startsWith('GIF87a') || head.startsWith('GIF89a') ? 'image/gif' : null;
}
