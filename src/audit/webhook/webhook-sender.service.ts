import { type LookupAddress, promises as dns } from 'node:dns';
import {
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { isPublicAddress } from '#src/common/text/public-address.js';
import { WebhookLimits } from './webhook-limits.service.js';

/** What is kept of an answer: no byte of its body is read. */
export interface WebhookAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** No answer. The message is ours and safe to show. */
export class WebhookSendError extends Error {}

/**
 * Sends one Standard Webhooks message. Redirects are answers like any other. In production it connects to https alone, and
 * to public addresses unless AUDIT_WEBHOOK_ALLOW_PRIVATE: the very address that was checked is the one that is connected to.
 */
@Injectable()
export class WebhookSender {
  private resolving: Promise<LookupAddress[]> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly limits: WebhookLimits,
  ) {}

  /** @throws WebhookSendError */
  async send(id: string, body: string, signal: AbortSignal): Promise<WebhookAnswer> {
    const url = new URL(this.settings.env.AUDIT_WEBHOOK_URL ?? '');
    this.requireAllowed(url);
    const timeout = AbortSignal.timeout(this.limits.timeoutMs);
    const options: RequestOptions = {
      method: 'POST',
      headers: this.headersOf(id, body),
      agent: false,
      lookup: this.lookup,
      signal: AbortSignal.any([signal, timeout]),
    };
    try {
      return await post(url, options, body);
    } catch (error) {
      if (timeout.aborted) throw new WebhookSendError(`no answer within ${this.limits.timeoutMs} ms`);
      throw error instanceof WebhookSendError ? error : new WebhookSendError(`no answer: ${codeOf(error)}`);
    }
  }

  /** A host that is an address is never looked up. */
  private requireAllowed({ protocol, hostname }: URL): void {
    if (!this.settings.isProduction) return;
    if (protocol !== 'https:') throw new WebhookSendError('the URL is not https');
    const address = hostname.replace(/^\[|\]$/g, '');
    if (isIP(address) !== 0 && !this.isAllowed(address)) throw notPublic();
  }

  private isAllowed(address: string): boolean {
    return this.settings.env.AUDIT_WEBHOOK_ALLOW_PRIVATE || isPublicAddress(address);
  }

  private headersOf(id: string, body: string): Record<string, string> {
    const now = this.clock.now();
    const secret = this.settings.env.AUDIT_WEBHOOK_SECRET;
    return {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'commit-to-ship',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      ...(secret === undefined ? {} : { 'webhook-signature': new Webhook(secret).sign(id, now, body) }),
    };
  }

  private readonly lookup: LookupFunction = (hostname, { all }, tell) => {
    const answer = (addresses: LookupAddress[]) => {
      const [first] = addresses;
      if (first === undefined) throw new WebhookSendError('its host has no address');
      if (this.settings.isProduction && !addresses.every(({ address }) => this.isAllowed(address)))
        throw notPublic();
      if (all) tell(null, addresses);
      else tell(null, first.address, first.family);
    };
    this.resolve(hostname)
      .then(answer)
      .catch((error: unknown) => tell(error as Error, ''));
  };

  /** One look-up at a time: a silent name server holds one of the few threads that all look-ups of this process share. */
  private resolve(hostname: string): Promise<LookupAddress[]> {
    this.resolving ??= dns.lookup(hostname, { all: true }).finally(() => (this.resolving = undefined));
    return this.resolving;
  }
}

function post(url: URL, options: RequestOptions, body: string): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request: ClientRequest = send(url, options, (response: IncomingMessage) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      // Whatever follows, for however long, is of no interest.
      request.destroy();
    });
    // Also after the answer: unheard, it would end this process.
    request.on('error', reject);
    request.end(body);
  });
}

function notPublic(): WebhookSendError {
  return new WebhookSendError('its host is not an address of the public internet');
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'the connection broke';
}
