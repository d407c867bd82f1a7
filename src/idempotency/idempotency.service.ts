import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { KEY_LIFETIME_MS, type KeyScope, requestHash, scopeHash } from './idempotency.js';
import { keyReused, requestInProgress } from './idempotency.errors.js';
import { IdempotencyRepository, type StoredAnswer } from './idempotency.repository.js';

// What a request may take beside its wait for a payment.
const WORK_MS = 60_000;
const ROUNDS = 3;

/** A request that holds its key, and has to finish or release it. */
export interface HeldKey {
  readonly scopeHash: string;
  readonly requestId: string;
}

/**
 * Repeats the first answer of a request instead of carrying it out again. A key whose process died is free after
 * PAYOUT_WAIT_SECONDS and a minute. That is no lease that protects money: should a slow request still be at work then, the
 * retry meets the same business keys, conditional updates and single live attempt as one without a key.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly repository: IdempotencyRepository,
  ) {}

  /**
   * The key for the one who is to do the work, or the answer that was given already.
   * @throws DomainError `request_in_progress`, `idempotency_key_reused`
   */
  async begin(scope: KeyScope, body: unknown, requestId: string): Promise<HeldKey | StoredAnswer> {
    const held = { scopeHash: scopeHash(scope), requestId };
    const hash = requestHash(body);
    for (let round = 0; round < ROUNDS; round += 1) {
      if (await this.claim(held, hash)) return held;
      const present = await this.repository.find(this.transactions.manager, held.scopeHash);
      // Released between the two statements: it is free again.
      if (present === null) continue;
      if (present.requestHash !== hash) throw keyReused();
      const { statusCode, contentType, body: text } = present;
      if (statusCode === null || contentType === null || text === null) throw requestInProgress();
      return { statusCode, contentType, body: text };
    }
    throw requestInProgress();
  }

  async finish({ scopeHash, requestId }: HeldKey, answer: StoredAnswer): Promise<void> {
    await this.repository.finish(this.transactions.manager, scopeHash, requestId, answer);
  }

  async release({ scopeHash, requestId }: HeldKey): Promise<void> {
    await this.repository.release(this.transactions.manager, scopeHash, requestId);
  }

  /** @returns how many expired keys were deleted */
  async purge(): Promise<number> {
    return this.repository.purge(this.transactions.manager, this.clock.now());
  }

  private claim(held: HeldKey, hash: string): Promise<boolean> {
    const now = this.clock.now();
    const deadAfterMs = this.settings.env.PAYOUT_WAIT_SECONDS * 1_000 + WORK_MS;
    return this.repository.claim(this.transactions.manager, {
      ...held,
      requestHash: hash,
      now,
      expiresAt: new Date(now.getTime() + KEY_LIFETIME_MS),
      deadBefore: new Date(now.getTime() - deadAfterMs),
    });
  }
}
