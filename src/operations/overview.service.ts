import { Injectable } from '@nestjs/common';
import { AuditLogs } from '#src/audit/search/audit-logs.service.js';
import { WebhookAdmin } from '#src/audit/webhook/webhook-admin.service.js';
import { Clock } from '#src/common/clock.js';
import { DomainError } from '#src/common/errors/errors.js';
import { FeePayerReport } from '#src/escrow/fee-payer/fee-payer-report.service.js';
import type { FeePayerDto } from '#src/escrow/fee-payer/fee-payer.dto.js';
import { Health } from '#src/health/health.service.js';
import type { JobDto } from '#src/jobs/jobs.dto.js';
import { Jobs } from '#src/jobs/jobs.service.js';
import { type RoundWait, RoundWaits } from '#src/releases/distributions/rounds/round-waits.service.js';
import { ReleaseLocks } from '#src/releases/milestones/release-locks.service.js';
import { Pauses } from '#src/releases/pauses/pauses.service.js';
import { PayoutSearch } from '#src/releases/search/payout-search.service.js';
import type { OverdueJobDto, OverviewDto, WaitingRoundDto } from './overview.dto.js';

const ALARMS_OF_MS = 24 * 3_600_000;
const MOST_WAITING_ROUNDS = 20;

/** Everything that the person on call asks first, in one answer. */
@Injectable()
export class Overview {
  constructor(
    private readonly health: Health,
    private readonly pauses: Pauses,
    private readonly payouts: PayoutSearch,
    private readonly rounds: RoundWaits,
    private readonly locks: ReleaseLocks,
    private readonly jobs: Jobs,
    private readonly feePayer: FeePayerReport,
    private readonly webhook: WebhookAdmin,
    private readonly logs: AuditLogs,
    private readonly clock: Clock,
  ) {}

  async show(): Promise<OverviewDto> {
    const now = this.clock.now();
    const [health, pauses, payouts, rounds, locks, jobs, feePayer, webhook, alarms] = await Promise.all([
      this.health.ready(),
      this.pauses.list(false),
      this.payouts.unfinished(),
      this.rounds.list(MOST_WAITING_ROUNDS),
      this.locks.list(),
      this.jobs.list(),
      this.askFeePayer(),
      this.webhook.endpoint(),
      this.logs.alarmsSince(new Date(now.getTime() - ALARMS_OF_MS)),
    ]);
    return {
      at: now.toISOString(),
      health,
      pauses: pauses.items,
      payouts,
      waitingRounds: rounds.map(waitingRound),
      locks: locks.items,
      overdueJobs: jobs.items.filter(({ overdue }) => overdue).map(overdueJob),
      feePayer,
      webhook,
      alarms,
    };
  }

  /** The one part that waits for the chain; health says why it cannot be had. */
  private async askFeePayer(): Promise<FeePayerDto | null> {
    try {
      return await this.feePayer.show();
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

function waitingRound({ commitmentId, since, waitingFor }: RoundWait): WaitingRoundDto {
  return { commitmentId, since: since.toISOString(), waitingFor };
}

function overdueJob({ name, periodSeconds, lastSuccessAt, lastRuns: [newest] }: JobDto): OverdueJobDto {
  const error = newest?.result['error'];
  return { name, periodSeconds, lastSuccessAt, lastError: typeof error === 'string' ? error : null };
}
