import { isIP } from 'node:net';
import { isLoopbackHost } from './validators.js';

interface ChainFacts {
  readonly NODE_ENV: string;
  readonly SOLANA_RPC_URL?: readonly string[];
  readonly SOLANA_RPC_GROUPS?: readonly string[];
}

/** What is wrong with the RPC endpoints as they are configured. One line a problem; never a URL, which may hold a key. */
export function chainProblems({ NODE_ENV, SOLANA_RPC_URL, SOLANA_RPC_GROUPS }: ChainFacts): string[] {
  const urls = (SOLANA_RPC_URL ?? []).filter((url) => URL.canParse(url)).map((url) => new URL(url));
  const problems: string[] = [];
  if (SOLANA_RPC_GROUPS !== undefined && SOLANA_RPC_GROUPS.length !== SOLANA_RPC_URL?.length)
    problems.push(
      'SOLANA_RPC_GROUPS must name one provider for each URL of SOLANA_RPC_URL, in the same order',
    );
  const plain = urls.filter(({ protocol, hostname }) => protocol === 'http:' && !isPrivate(hostname));
  if (NODE_ENV === 'production' && plain.length > 0) {
    const hosts = plain.map(({ host }) => host).join(', ');
    problems.push(
      `SOLANA_RPC_URL must be https in production for ${hosts}: on the way, anybody could change its answers`,
    );
  }
  return problems;
}

/** Loopback, a private address, or a name that only a private network resolves. */
function isPrivate(hostname: string): boolean {
  if (isLoopbackHost(hostname)) return true;
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(bare);
  if (isIP(bare) === 6) return /^(f[cd]|fe[89ab])/.test(bare);
  return !bare.includes('.') || /\.(internal|local|lan)$/.test(bare);
}
