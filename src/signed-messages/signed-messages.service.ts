import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { isOnCurve } from '../chain/keypair.js';
import { verifyWalletSignature } from '../chain/wallet-signature.js';
import { decodeSignature } from '../common/base58.js';
import { Clock } from '../common/clock.js';
import { setActor } from '../common/request-context.js';
import { parseTimestamp } from '../common/timestamps.js';
import { malformedSignature, notAWallet } from '../common/wallet.errors.js';
import { RequestCounter } from '../rate-limit/request-counter.service.js';
import {
  buildSignedMessage,
  hashSignedMessage,
  isWithinWindow,
  SIGNED_MESSAGE_WINDOW_MS,
  type MessageParams,
  type SignedAction,
} from './signed-message.js';
import { SignedActionRegistry } from './signed-action.registry.js';
import { badIssuedAt, invalidSignature, messageExpired } from './signed-messages.errors.js';

/** A request for the text to sign. */
export interface MessageRequest {
  readonly action: string;
  readonly wallet: string;
  readonly params: unknown;
}

export interface IssuedMessage {
  readonly message: string;
  /** RFC 3339; the client sends it back with the signature. */
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What a client sent with its signature, and the parameters as the action's feature has prepared them. */
export interface SignedRequest {
  readonly action: SignedAction;
  readonly wallet: string;
  readonly issuedAt: string;
  readonly signature: string;
  readonly params: MessageParams;
}

export interface VerifiedMessage {
  readonly message: string;
  /** SHA-256 of the message, hex: store it where the same signature must not work twice. */
  readonly messageHash: string;
}

/** Makes the texts that wallets sign, and decides whether a signature belongs to one. */
@Injectable()
export class SignedMessagesService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly registry: SignedActionRegistry,
    private readonly requests: RequestCounter,
  ) {}

  /**
   * The exact text to sign for an action, issued now.
   * @throws DomainError `unknown_action`, ValidationError for the wallet or `params.*`
   */
  async issue(request: MessageRequest): Promise<IssuedMessage & Record<string, unknown>> {
    const handler = this.registry.get(request.action);
    if (!isOnCurve(request.wallet)) throw notAWallet();
    const { params, extra } = await handler.prepare(request.wallet, request.params);
    const now = this.clock.now();
    return {
      ...extra,
      message: this.build(handler.action, request.wallet, now, params),
      issuedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + SIGNED_MESSAGE_WINDOW_MS).toISOString(),
    };
  }

  /**
   * Rebuilds the message and verifies the wallet's signature over it; from then on the wallet is the actor, and the request
   * counts for it.
   * @throws DomainError `malformed_signature`, `message_expired`, `invalid_signature`, `too_many_requests`; ValidationError
   */
  async verify(request: SignedRequest): Promise<VerifiedMessage> {
    // Before anything else: decoding a huge base58 text would block the process.
    const signature = decodeSignature(request.signature);
    if (signature === null) throw malformedSignature();
    if (!isOnCurve(request.wallet)) throw notAWallet();
    const issuedAt = parseTimestamp(request.issuedAt);
    if (issuedAt === null) throw badIssuedAt();
    const now = this.clock.now();
    if (!isWithinWindow(issuedAt, now)) throw messageExpired(issuedAt, now);

    const message = this.build(request.action, request.wallet, issuedAt, request.params);
    if (!verifyWalletSignature(message, request.wallet, signature)) throw invalidSignature(request.wallet);
    setActor(request.wallet);
    await this.requests.admit('wallet', request.wallet);
    return { message, messageHash: hashSignedMessage(message) };
  }

  /**
   * Whether the signature is one over these parameters, whatever its age. For telling "signed over older terms" from
   * "wrong signature"; it admits nobody.
   */
  matches(request: SignedRequest): boolean {
    const signature = decodeSignature(request.signature);
    const issuedAt = parseTimestamp(request.issuedAt);
    if (signature === null || issuedAt === null || !isOnCurve(request.wallet)) return false;
    const message = this.build(request.action, request.wallet, issuedAt, request.params);
    return verifyWalletSignature(message, request.wallet, signature);
  }

  private build(action: SignedAction, wallet: string, issuedAt: Date, params: MessageParams): string {
    const host = this.settings.appHost;
    return buildSignedMessage({ host, action, wallet, issuedAt: issuedAt.toISOString(), params });
  }
}
