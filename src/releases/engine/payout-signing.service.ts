import { Injectable } from '@nestjs/common';
import { assembleTransaction, type SignedTransaction } from '#src/chain/signing/transfer-transaction.js';
import { DomainError } from '#src/common/errors/errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Destinations } from '#src/escrow/door/checks/payout-checks.js';
import { attemptFact, failedFact, signatureFact } from '#src/escrow/door/facts/facts.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import type { MarkKind } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';

const REFUSED = 'escrow_signing_refused_error';
const DONE: Partial<Record<MarkKind, string>> = { attempt: 'planned', failed: 'seen fail' };

/** The transaction, or why the door does not sign it. */
export type Signing = { readonly transaction: SignedTransaction } | { readonly refusal: string };

/** What the signing door says to a payout. Each refusal is an alarm, once, and stands in the payout as what it waits for. */
@Injectable()
export class PayoutSigning {
  constructor(
    private readonly door: SigningDoor,
    private readonly marks: Marks,
    private readonly bookings: PayoutBookings,
    private readonly transactions: Transactions,
  ) {}

  /** Where the payout may go, or why no transaction would be signed, before one is planned. */
  async examine(payout: Payout): Promise<{ readonly value: Destinations } | { readonly refusal: string }> {
    return this.ask(payout, () => this.door.examine(payout.id));
  }

  async sign(payout: Payout, attempt: PayoutAttempt): Promise<Signing> {
    const answer = await this.ask(payout, () => this.door.signPayout(attempt.id), attempt);
    if ('refusal' in answer) return answer;
    return { transaction: assembleTransaction(new Uint8Array(attempt.message), answer.value) };
  }

  /**
   * Why these attempts are not what this server has planned, signed and seen fail; null when they are. Nothing is concluded from
   * them otherwise: a replaced signature looks dead, or paid.
   */
  async doubt(payout: Payout, attempts: readonly PayoutAttempt[]): Promise<string | null> {
    const signed = attempts.filter(({ signature }) => signature !== null);
    const failed = attempts.filter(({ status }) => status === 'failed').map(({ id }) => failedFact(id));
    const facts = [...attempts.map(attemptFact), ...signed.map(signatureFact), ...failed];
    const [forged] = await this.marks.unproven(this.transactions.manager, facts);
    if (forged === undefined) return null;
    const reason =
      `attempt ${forged.id} is not what this server has ${DONE[forged.kind] ?? 'signed'}: ` +
      'nothing is sent, taken for dead or booked until a person has looked (RUNBOOK.md, escrow_signing_refused_error)';
    await this.bookings.waiting(payout, REFUSED, reason);
    return reason;
  }

  private async ask<T>(
    payout: Payout,
    question: () => Promise<T>,
    attempt?: PayoutAttempt,
  ): Promise<{ readonly value: T } | { readonly refusal: string }> {
    try {
      return { value: await question() };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'signing_refused') throw error;
      await this.bookings.waiting(payout, REFUSED, error.detail, attempt);
      return { refusal: error.detail };
    }
  }
}
