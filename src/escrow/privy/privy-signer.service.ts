import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { signatureIn } from '#src/chain/signing/outside-signer.js';
import { Clock } from '#src/common/clock.js';
import { DomainError } from '#src/common/errors/errors.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';
import type { Bond, EscrowSigner, SigningOrder } from '#src/escrow/escrows/escrow-signer.js';
import { walletKey, walletProblem } from './privy-answer.js';
import { PrivyError, PrivyWallets } from './privy-wallets.service.js';

const PROBLEMS = {
  other_message: 'Privy gave back another transaction than the one to sign',
  wrong_signature: 'Privy gave back a signature that is not the one of this escrow',
} as const;

/** The engine looks at a waiting payout several times a second; an upstream in trouble is not asked as often. */
const PAUSE_MS = 2_000;
const MAX_PAUSES = 1_000;

/** Keys that Privy keeps. What it answers is checked before anybody relies on it. */
@Injectable()
export class PrivySigner implements EscrowSigner {
  private readonly pauses = new Map<string, { readonly until: number; readonly error: DomainError }>();

  constructor(
    private readonly wallets: PrivyWallets,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async prepare({ commitmentId, messageHash }: Bond): Promise<Escrow> {
    const wallet = await this.wallets.create(walletKey(messageHash)).catch(refuseCreation);
    const problem = walletProblem(wallet);
    if (problem !== null) refuseCreation(new PrivyError(problem));
    return {
      commitmentId,
      address: wallet.address,
      custody: 'privy',
      keyId: null,
      ciphertext: null,
      privyWalletId: wallet.id,
      createdAt: this.clock.now(),
    };
  }

  /** Every repetition of an attempt has the same idempotency key, so that Privy signs it once; the next attempt has its own. */
  async sign(escrow: Escrow, _bond: Bond, message: Uint8Array, order: SigningOrder): Promise<Uint8Array> {
    const key = `${order.payoutId}:${order.attempt}`;
    const pause = this.pauses.get(key);
    if (pause !== undefined && this.clock.now().getTime() < pause.until) throw pause.error;
    this.pauses.delete(key);
    try {
      return await this.ask(escrow, message, order, key);
    } catch (error) {
      if (error instanceof DomainError) this.pause(key, error);
      throw error;
    }
  }

  private async ask(
    escrow: Escrow,
    message: Uint8Array,
    order: SigningOrder,
    idempotencyKey: string,
  ): Promise<Uint8Array> {
    const { address, privyWalletId } = escrow;
    if (privyWalletId === null) throw custodyUnavailable(`Escrow ${address} has no Privy wallet.`);
    const answer = await this.wallets
      .sign(privyWalletId, message, idempotencyKey)
      .catch((error: unknown) => refuseSigning(address, error));
    const checked = signatureIn(answer, message, address);
    if (checked.ok) return checked.signature;
    await this.raiseAlarm(escrow, order, checked.problem);
    throw custodyUnavailable(
      `${PROBLEMS[checked.problem]} (escrow ${address}). It was thrown away and nothing was sent; another attempt follows.`,
    );
  }

  private pause(key: string, error: DomainError): void {
    if (this.pauses.size >= MAX_PAUSES) this.pauses.clear();
    this.pauses.set(key, { until: this.clock.now().getTime() + PAUSE_MS, error });
  }

  private async raiseAlarm(
    { commitmentId, address }: Escrow,
    { payoutId, attempt }: SigningOrder,
    problem: keyof typeof PROBLEMS,
  ): Promise<void> {
    await this.audit.recordOnce({
      event: 'custody_answer_error',
      commitmentId,
      payoutId,
      fields: { attempt, escrow: address, problem },
    });
  }
}

function refuseSigning(address: string, error: unknown): never {
  if (!(error instanceof PrivyError)) throw error;
  throw custodyUnavailable(
    `Privy has not signed for escrow ${address} (${error.reason}). Nothing was sent. Privy is asked again automatically.`,
  );
}

function refuseCreation(error: unknown): never {
  if (!(error instanceof PrivyError)) throw error;
  throw custodyUnavailable(
    `Privy has made no wallet for the escrow (${error.reason}). Nothing was stored: send the same request again, and ` +
      'sign a new message if that keeps failing.',
  );
}
