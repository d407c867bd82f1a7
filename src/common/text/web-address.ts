/** Pure rules of links that strangers publish. */

export const WEB_ADDRESS_MAX = 200;
// The last label begins with a letter: no IP address, and no name of one machine alone.
const PUBLIC_NAME = /^([a-z0-9-]+\.)+[a-z][a-z0-9-]+$/;
const PRIVATE_NAME = /\.(localhost|local|internal|lan|home\.arpa)$/;

/**
 * The one stored form of an https address of the public web; null for anything else: another scheme, a user name or password,
 * an IP address or a name of a private network, more than 200 characters.
 */
export function webAddress(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > WEB_ADDRESS_MAX || !URL.canParse(text)) return null;
  const { protocol, username, password, hostname, href } = new URL(text);
  if (protocol !== 'https:' || username !== '' || password !== '' || href.length > WEB_ADDRESS_MAX)
    return null;
  return PUBLIC_NAME.test(hostname) && !PRIVATE_NAME.test(hostname) ? href : null;
}
