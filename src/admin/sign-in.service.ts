import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { isOnCurve } from '#src/chain/signing/keypair.js';
import {
  buildSignInMessage,
  type SignInMessageFields,
  signInInput,
} from '#src/chain/signing/sign-in-message.js';
import { isSignedTransaction, signInTransaction } from '#src/chain/signing/sign-in-transaction.js';
import { verifyWalletSignature } from '#src/chain/signing/wallet-signature.js';
import { decodeSignature } from '#src/common/text/base58.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { setActor } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import { malformedSignature, notAWallet } from '#src/common/errors/wallet.errors.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { invalidSignature, nonceExpired, oneProof } from '#src/admin/sessions/admin.errors.js';
import { AdminRepository } from '#src/admin/sessions/admin.repository.js';
import { AdminSessions, type OpenedSession } from '#src/admin/sessions/admin-sessions.service.js';

export const NONCE_TTL_MS = 10 * 60_000;
const NONCE_BYTES = 16;
const STATEMENT = 'Sign in as an admin of Commit To Ship. This does not move any funds.';

export interface IssuedNonce {
  readonly nonce: string;
  /** The Sign-In With Solana text to sign. */
  readonly message: string;
  /** The fields of the text, for wallets that make it themselves. */
  readonly signInInput: SignInMessageFields & { readonly version: '1' };
  /** The same text as a memo, for wallets that sign transactions alone. */
  readonly transaction: Uint8Array;
  readonly expiresAt: Date;
}

export interface SignInRequest {
  readonly wallet: string;
  readonly nonce: string;
  /** Base58, over the text. */
  readonly signature?: string;
  /** Base64: the signed transaction, where there is no such signature. */
  readonly transaction?: string;
}

/** Sign-In With Solana. The text is made again from the nonce: neither a client nor a row can put another one in its place. */
@Injectable()
export class SignIn {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
    private readonly sessions: AdminSessions,
    private readonly audit: Audit,
    private readonly allowlist: Allowlist,
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
    const fields = this.signInFields(wallet, nonce, createdAt, expiresAt);
    const message = buildSignInMessage(fields);
    await this.repository.insertNonce(this.transactions.manager, { nonce, wallet, createdAt, expiresAt });
    const transaction = signInTransaction({ text: message, wallet, nonce });
    return { nonce, message, signInInput: signInInput(fields), transaction, expiresAt };
  }

  /**
   * Opens a session for a signed nonce. The nonce is spent by the first attempt that names it and its wallet, also one
   * with a wrong signature: only who asked for it knows it, and nothing can be tried twice.
   * @throws DomainError `malformed_signature`, `nonce_expired`, `invalid_signature`, `not_an_admin`; ValidationError
   */
  async login(request: SignInRequest): Promise<OpenedSession> {
    // Before anything else: decoding a huge base58 text would block the process.
    const isSigned = proofOf(request);
    const { wallet, nonce } = request;
    const issued = await this.repository.consumeNonce(
      this.transactions.manager,
      nonce,
      wallet,
      this.clock.now(),
    );
    if (issued === null) throw nonceExpired();
    const fields = this.signInFields(wallet, nonce, issued.createdAt, issued.expiresAt);
    if (!isSigned(buildSignInMessage(fields))) throw invalidSignature(wallet);
    setActor(wallet);
    await this.allowlist.requireAllowed(wallet);
    return this.transactions.run(async (manager) => {
      const session = await this.sessions.open(manager, wallet);
      await this.audit.record(manager, { event: 'admin_login_ok', actor: wallet });
      return session;
    });
  }

  private signInFields(address: string, nonce: string, issuedAt: Date, expiresAt: Date): SignInMessageFields {
    return {
      domain: this.settings.appHost,
      address,
      statement: STATEMENT,
      uri: this.settings.appOrigin,
      chainId: `solana:${this.settings.env.SOLANA_CLUSTER}`,
      nonce,
      issuedAt: issuedAt.toISOString(),
      expirationTime: expiresAt.toISOString(),
    };
  }
}

/**
 * What tells whether the wallet has signed a text, by a signature or by a transaction.
 * @throws ValidationError unless exactly one of them is there; DomainError `malformed_signature`
 */
function proofOf({ wallet, nonce, ...proof }: SignInRequest): (text: string) => boolean {
  if ((proof.signature === undefined) === (proof.transaction === undefined)) throw oneProof();
  if (proof.transaction !== undefined) {
    const transaction = Buffer.from(proof.transaction, 'base64');
    return (text) => isSignedTransaction(transaction, { text, wallet, nonce });
  }
  const signature = decodeSignature(proof.signature);
  if (signature === null) throw malformedSignature();
  return (text) => verifyWalletSignature(text, wallet, signature);
}
