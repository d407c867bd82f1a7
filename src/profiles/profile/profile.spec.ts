import { describe, expect, it } from 'vitest';
import { buildSignedMessage } from '#src/signed-messages/signed-message.js';
import { BIO_MAX, NAME_MAX, profileMessage } from './profile.js';

const LARGEST_SIGNED_BYTES = 1_147;

function textOf(params: Parameters<typeof profileMessage>[0]): string {
  return buildSignedMessage({
    host: 'a-rather-long-name-of-a-host.commit-to-ship.example.com',
    action: 'profile.update',
    wallet: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
    issuedAt: '2026-11-22T10:00:00.000Z',
    params: profileMessage(params),
  });
}

describe('the text of a profile', () => {
  it('names what is given and nothing else', () => {
    expect(profileMessage({})).toEqual({});
    expect(profileMessage({ name: 'Ada', bio: 'Ships.' })).toEqual({ name: 'Ada', bio: 'Ships.' });
    expect(textOf({ name: 'Ada' })).toMatch(/Parameters:\n- name: "Ada"$/);
  });

  it('tells two long bios apart by their hashes', () => {
    const [one, other] = ['a', 'b'].map((letter) => textOf({ bio: letter.repeat(BIO_MAX) }));
    expect(one).toMatch(/- bio: sha256:[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
  });

  it.each(['x', '"', '\\', 'ü', '😀', '\u{f0000}'])('of the longest %j fits a hardware wallet', (letter) => {
    const text = textOf({
      name: letter.repeat(NAME_MAX),
      bio: letter.repeat(BIO_MAX),
      avatarUrl: `https://example.com/${'a'.repeat(180)}`,
    });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGEST_SIGNED_BYTES);
  });
});
