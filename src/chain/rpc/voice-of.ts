import { isIP } from 'node:net';

/** Second-level labels under which registries sell names: `provider.co.uk` is one owner, `co.uk` is not. */
const SHARED_LABELS: ReadonlySet<string> = new Set([
  'co',
  'com',
  'net',
  'org',
  'gov',
  'ac',
  'edu',
  'ne',
  'or',
]);

/**
 * The voice of each endpoint, in order: who stands behind its answers. Endpoints of one provider fail and lie together, so they
 * are one voice, whatever their host names.
 * @param groups the operator's own names, one for each URL; without them the registrable domain, or the address of a host
 * without a domain. On loopback each port is a voice of its own.
 */
export function voicesOf(urls: readonly string[], groups?: readonly string[]): string[] {
  return urls.map((url, index) => groups?.[index] ?? voiceOf(new URL(url)));
}

/** The site that a browser counts a URL to: the registrable domain, or the address; all of loopback is one. */
export function siteOf(url: string): string {
  const parsed = new URL(url);
  return isLoopback(parsed.hostname) ? 'localhost' : voiceOf(parsed);
}

function voiceOf({ hostname, host }: URL): string {
  if (isLoopback(hostname)) return host;
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(bare) === 0 ? registrableDomain(bare) : bare;
}

/** An unknown shared suffix puts two owners into one voice: that makes payouts wait, never wrong. */
function registrableDomain(host: string): string {
  const labels = host.split('.');
  const [top, second] = labels.toReversed();
  const isShared = top?.length === 2 && second !== undefined && SHARED_LABELS.has(second);
  return labels.slice(isShared ? -3 : -2).join('.');
}

export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
