import { describe, expect, it } from 'vitest';
import { AVATAR_TYPES, avatarPath, typeOfImage, typeOfPath } from './avatar.js';

const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const OTHER = '4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM';
const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

describe('the path of an avatar', () => {
  it.each(AVATAR_TYPES)('of type %s stands under its wallet and promises that type', (type) => {
    const path = avatarPath(WALLET, ID, type);
    expect(path.startsWith(`${WALLET}/`)).toBe(true);
    expect(typeOfPath(path, WALLET)).toBe(type);
    expect(typeOfPath(path, OTHER)).toBeNull();
  });

  it.each([
    `${WALLET}/../${OTHER}/${ID}.png`,
    `${WALLET}/${ID}.svg`,
    `${WALLET}/${ID}.PNG`,
    `${WALLET}/${ID}.png/x`,
    `${WALLET}/${ID}`,
    `${WALLET}/picture.png`,
    `/${WALLET}/${ID}.png`,
    ID,
    '',
  ])('is none: %s', (path) => {
    expect(typeOfPath(path, WALLET)).toBeNull();
  });
});

describe('the type of an image', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');

  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['image/gif', 'GIF89a\x01\0\x01\0'],
    ['image/gif', 'GIF87a\x01\0\x01\0'],
  ])('is %s by its first bytes', (type, text) => {
    expect(typeOfImage(bytes(text))).toBe(type);
  });

  it.each([
    '',
    'GIF',
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<!doctype html><script>',
    'RIFF\x24\0\0\0WAVEfmt ',
    '\x89PNG',
    '%PDF-1.7',
  ])('is none for %j', (text) => {
    expect(typeOfImage(bytes(text))).toBeNull();
  });
});
