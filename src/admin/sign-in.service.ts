import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { AuditService } from '../audit/audit.service.js';
import { isOnCurve } from '../chain/keypair.js';
import { buildSignInMessage } from '../chain/sign-in-message.js';
import { verifyWalletSignature } from '../chain/wallet-signature.js';
import { decodeSignature } from '../common/base58.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import { setActor } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import { malformedSignature, notAWallet } from '../common/wallet.errors.js';
import { invalidSignature, nonceExpired } from './admin.errors.js';
import { AdminRepository } from './admin.repository.js';
import { AdminSessions, type OpenedSession } from './admin-sessions.service.js';

export const NONCE_TTL_MS = 10 * 60_000;
const NONCE_BYTES = 16;
const STATEMENT = 'Sign in as an admin of Commit To Ship. This does not move any funds.';

export interface IssuedNonce {
  readonly nonce: string;
  /** The Sign-In With Solana text to sign. */
  readonly message: string;
  readonly expiresAt: Date;
}

export interface SignInRequest {
  readonly wallet: string;
  readonly nonce: string;
  readonly signature: string;
}

/** Sign-In With Solana: the issued text is kept, and nothing that a client sends can change what is verified. */
@Injectable()
export class SignInService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
    private readonly sessions: AdminSessions,
    private readonly audit: AuditService,
  ) {}

  /**
   * A message for any wallet, admin or not: the answer does not tell who is on the allowlist.
   * @throws ValidationError when no key can exist for the address
   */
  async issueNonce(wallet: string): Promise<IssuedNonce> {
    if (!isOnCurve(wallet)) throw notAWallet();
    // Sign-In With Solana allows letters and digits only.
    const nonce = Buffer.from(this.ids.bytes(NONCE_BYTES)).toString('hex');
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + NONCE_TTL_MS);
    const message = this.signInMessage(wallet, nonce, createdAt, expiresAt);
    await this.repository.insertNonce(this.transactions.manager, {
      nonce,
      wallet,
      message,
      createdAt,
      expiresAt,
    });
    return { nonce, message, expiresAt };
  }

  /**
   * Opens a session for a signed nonce. The nonce is spent by the first attempt that names it and its wallet, also one
   * with a wrong signature: only who asked for it knows it, and nothing can be tried twice.
   * @throws DomainError `malformed_signature`, `nonce_expired`, `invalid_signature`, `not_an_admin`
   */
  async login(request: SignInRequest): Promise<OpenedSession> {
    // Before anything else: decoding a huge base58 text would block the process.
    const signature = decodeSignature(request.signature);
    if (signature === null) throw malformedSignature();
    const { wallet, nonce } = request;
    const message = await this.repository.consumeNonce(
      this.transactions.manager,
      nonce,
      wallet,
      this.clock.now(),
    );
    if (message === null) throw nonceExpired();
    if (!verifyWalletSignature(message, wallet, signature)) throw invalidSignature(wallet);
    setActor(wallet);
    this.sessions.requireAllowed(wallet);
    return this.transactions.run(async (manager) => {
      const session = await this.sessions.open(manager, wallet);
      await this.audit.record(manager, { event: 'admin_login_ok', actor: wallet });
      return session;
    });
  }

  private signInMessage(address: string, nonce: string, issuedAt: Date, expiresAt: Date): string {
    return buildSignInMessage({
      domain: this.settings.appHost,
      address,
      statement: STATEMENT,
      uri: this.settings.appOrigin,
      chainId: `solana:${this.settings.env.SOLANA_CLUSTER}`,
      nonce,
      issuedAt: issuedAt.toISOString(),
      expirationTime: expiresAt.toISOString(),
    });
  }
}
