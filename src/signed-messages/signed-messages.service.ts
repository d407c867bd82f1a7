import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { isOnCurve } from '#src/chain/signing/keypair.js';
import { type Envelope, envelopeOf, verifyWalletSignature } from '#src/chain/signing/wallet-signature.js';
import { decodeSignature } from '#src/common/text/base58.js';
import { Clock } from '#src/common/clock.js';
import { setActor } from '#src/common/request-context.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';
import { malformedSignature, notAWallet } from '#src/common/errors/wallet.errors.js';
import { RequestCounter } from '#src/rate-limit/request-counter.service.js';
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

/** A message that its wallet has signed, as `SignedActs.record` stores it. */
export interface VerifiedMessage {
  readonly action: SignedAction;
  readonly wallet: string;
  readonly params: MessageParams;
  readonly message: string;
  /** SHA-256 of the message, hex: store it where the same signature must not work twice. */
  readonly messageHash: string;
  readonly envelope: Envelope;
  /** Base58. */
  readonly signature: string;
  readonly issuedAt: Date;
}

/** Makes the texts that wallets sign, and decides whether a signature belongs to one. */
@Injectable()
export class SignedMessages {
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
    const verified = this.check(request);
    setActor(request.wallet);
    await this.requests.admit('wallet', request.wallet);
    return verified;
  }

  /**
   * Like `verify`, for who is known and counted already.
   * @throws DomainError `malformed_signature`, `message_expired`, `invalid_signature`; ValidationError
   */
  check(request: SignedRequest): VerifiedMessage {
    // Before anything else: decoding a huge base58 text would block the process.
    const signature = decodeSignature(request.signature);
    if (signature === null) throw malformedSignature();
    if (!isOnCurve(request.wallet)) throw notAWallet();
    const issuedAt = parseTimestamp(request.issuedAt);
    if (issuedAt === null) throw badIssuedAt();
    const now = this.clock.now();
    if (!isWithinWindow(issuedAt, now)) throw messageExpired(issuedAt, now);

    const message = this.build(request.action, request.wallet, issuedAt, request.params);
    const envelope = envelopeOf(message, request.wallet, signature);
    if (envelope === null) throw invalidSignature(request.wallet);
    const { action, wallet, params } = request;
    const messageHash = hashSignedMessage(message);
    return { action, wallet, params, message, messageHash, envelope, signature: request.signature, issuedAt };
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
