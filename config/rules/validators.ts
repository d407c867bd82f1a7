import { isIP } from 'node:net';
import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { decodePublicKey } from '#src/common/text/base58.js';
import { isSecretKeyText } from '#src/common/text/secret-key-text.js';

const USD = /^(0|[1-9]\d{0,14})(\.\d{1,18})?$/;

function rule(name: string, text: string, check: (value: unknown) => boolean) {
  return (options?: ValidationOptions): PropertyDecorator =>
    ValidateBy(
      {
        name,
        validator: {
          validate: check,
          defaultMessage: buildMessage((each) => `${each}$property ${text}`, options),
        },
      },
      options,
    );
}

function parseUrl(value: unknown): URL | null {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
}

function isHttpUrl(value: unknown): boolean {
  const url = parseUrl(value);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}

/** `https://app.example.com`: scheme, host and port only, as a browser sends it in the Origin header. */
export const IsOrigin = rule(
  'isOrigin',
  'must be an origin such as https://app.example.com (no path, no trailing slash)',
  (value) => isHttpUrl(value) && new URL(value as string).origin === value,
);

export const IsOrigins = rule(
  'isOrigins',
  'must be origins such as https://app.example.com (no path, no trailing slash), comma separated',
  (value) =>
    Array.isArray(value) &&
    value.every((origin: unknown) => isHttpUrl(origin) && new URL(origin as string).origin === origin),
);

/** The commonest mistake is a password as it is: `%`, `@`, `/`, `#` and `?` have a meaning of their own in a URL. */
export const IsDatabaseUrl = rule(
  'isDatabaseUrl',
  'must be a postgres:// or postgresql:// URL with one host; in user and password write % as %25, @ as %40, / as %2F, # as %23, ? as %3F',
  (value) => {
    const url = parseUrl(value);
    return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && isDecodable(url);
  },
);

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    return [username, password, pathname].every((part) => decodeURIComponent(part) !== undefined);
  } catch {
    return false;
  }
}

export const IsHttpUrls = rule(
  'isHttpUrls',
  'must be one or several http(s) URLs, comma separated',
  (value) => Array.isArray(value) && value.length > 0 && value.every(isHttpUrl),
);

export const IsPublicKeys = rule(
  'isPublicKeys',
  'must be base58 Solana public keys (32 bytes each), comma separated',
  (value) => Array.isArray(value) && value.every((key) => decodePublicKey(key) !== null),
);

export const IsPublicKey = rule(
  'isPublicKey',
  'must be a base58 Solana public key (32 bytes)',
  (value) => decodePublicKey(value) !== null,
);

/** Never repeats what it refuses: these are secrets. */
export const IsSecrets = rule(
  'isSecrets',
  'must be secrets of at least 32 characters each: comma separated, or a JSON array of strings',
  (value) =>
    Array.isArray(value) && value.every((secret) => typeof secret === 'string' && secret.length >= 32),
);

export const IsFeePayerKey = rule(
  'isFeePayerKey',
  'must be a Solana secret key: base58 of 64 bytes, or the JSON array of a keypair file, whose two halves belong together',
  isSecretKeyText,
);

/** US dollars as a plain decimal text: `20`, `0.5`. Read with `decimalOf`, never as a number. */
export const IsUsd = rule(
  'isUsd',
  'must be an amount of US dollars such as 20 or 0.5: at most 15 digits, a point and 18 digits',
  (value) => typeof value === 'string' && USD.test(value),
);

/** True for a host that never leaves this machine. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}
