import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Shutdown } from '#src/common/shutdown.js';
import { extentOf, type PayoutIntent } from './intent-funding.js';
import { PayoutPlanner, type CheckResult } from './payout-planner.service.js';

const RETRY_MS = 400;

/** Looks at a payout that somebody waits for: of an escrow whose balance is in motion only a shortage that stays is one. */
@Injectable()
export class PatientPlanner {
  constructor(
    private readonly planner: PayoutPlanner,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Until when the caller's request may wait; milliseconds of the clock. */
  get patience(): number {
    return this.clock.now().getTime() + this.settings.env.PAYOUT_WAIT_SECONDS * 1000;
  }

  /**
   * Waits while other payouts of the escrow are under way. What pays all there is does not wait: what it finds promised to
   * others was promised by somebody who was first.
   * @throws DomainError `escrow_underfunded`, `destination_not_payable`, `simulation_failed`, `rpc_unavailable`
   */
  async check(intent: PayoutIntent, until: number): Promise<CheckResult & { ok: true }> {
    for (;;) {
      const result = await this.planner.check(intent);
      if (result.ok) return result;
      const isShort = result.refusal.code === 'escrow_underfunded';
      const inMotion = isShort && extentOf(intent) !== 'all' && result.promises.count > 0;
      const isOver = this.shutdown.isShuttingDown || this.clock.now().getTime() + RETRY_MS > until;
      if (!inMotion || isOver) throw result.refusal;
      await this.shutdown.sleep(RETRY_MS);
    }
  }
}
