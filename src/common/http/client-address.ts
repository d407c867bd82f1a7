import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Who sent a request: what the last trusted proxy wrote, where that is an address, else the peer itself. */
export function clientAddress({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return bareAddress(ip) ?? bareAddress(socket.remoteAddress ?? '') ?? 'unknown';
}

/**
 * An address as proxies write it, without port, brackets, zone and the IPv6 dress of an IPv4 address: with them one client
 * would be many. Undefined for what is no address.
 */
export function bareAddress(written: string): string | undefined {
  const text = written.trim();
  const inner = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const unzoned = inner.replace(/%.*$/, '');
  const plain = /^::ffff:([\d.]+)$/i.exec(unzoned)?.[1] ?? unzoned;
  return isIP(plain) === 0 ? undefined : plain.toLowerCase();
}
