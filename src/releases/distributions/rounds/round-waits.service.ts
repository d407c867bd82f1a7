import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';

/** Later money that is enough for a round, which could not be frozen yet. */
export interface RoundWait {
  readonly commitmentId: string;
  /** Since when, without a break. */
  readonly since: Date;
  /** In words for people, as of the newest try. */
  readonly waitingFor: string;
}

const NOTE = `
  INSERT INTO public.failure_round_waits (commitment_id, since, waiting_for) VALUES ($1, $2, $3)
  ON CONFLICT (commitment_id) DO UPDATE SET waiting_for = EXCLUDED.waiting_for`;

const ALARM = `
  UPDATE public.failure_round_waits SET alarmed_at = $2
   WHERE commitment_id = $1 AND alarmed_at IS NULL AND since <= $3 RETURNING since`;

/** Money of holders that waits to be shared out is never silent. */
@Injectable()
export class RoundWaits {
  constructor(
    private readonly transactions: Transactions,
    private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** One more try has failed; raises one alarm where the first of them is PAYOUT_ALARM_SECONDS ago. */
  async note(commitmentId: string, waitingFor: string): Promise<void> {
    const now = this.clock.now();
    const late = new Date(now.getTime() - this.settings.env.PAYOUT_ALARM_SECONDS * 1000);
    await this.transactions.run(async (manager) => {
      await manager.query(NOTE, [commitmentId, now, waitingFor]);
      const [rows] = await manager.query<[{ since: Date }[], number]>(ALARM, [commitmentId, now, late]);
      const [due] = rows;
      if (due === undefined) return;
      const fields = { commitmentId, since: due.since.toISOString(), waitingFor };
      await this.audit.record(manager, { event: 'failure_round_delayed_error', commitmentId, fields });
    });
  }

  /** Nothing waits in these any more. */
  async end(commitmentIds: readonly string[]): Promise<void> {
    if (commitmentIds.length === 0) return;
    const sql = 'DELETE FROM public.failure_round_waits WHERE commitment_id = ANY($1::uuid[])';
    await this.transactions.manager.query(sql, [commitmentIds]);
  }

  /** @returns at most `limit`, those that wait longest first */
  async list(limit: number): Promise<RoundWait[]> {
    return this.transactions.manager.query<RoundWait[]>(
      `SELECT commitment_id AS "commitmentId", since, waiting_for AS "waitingFor" FROM public.failure_round_waits
        ORDER BY since, commitment_id LIMIT $1`,
      [limit],
    );
  }
}
