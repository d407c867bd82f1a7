import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { GIVE_UP_AFTER_MS, isTold, priorityOf } from './webhook.js';

interface ToldBy {
  readonly event: string;
  readonly actor: string;
}

/** Puts events into the outbox of the audit webhook. Nothing is sent here: a request pays for one more row, no more. */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The statement that writes an audit row, and where the event has to be told its delivery with it: one statement, so that
   * both are there or neither, also outside a transaction.
   * @param insert into audit_logs, without RETURNING
   */
  together({ event, actor }: ToldBy, insert: string, values: readonly unknown[]): [string, unknown[]] {
    if (this.settings.env.AUDIT_WEBHOOK_URL === undefined || !isTold(event)) return [insert, [...values]];
    const now = this.clock.now();
    const [id, at, giveUpAt, priority] = [1, 2, 3, 4].map((more) => `$${values.length + more}`);
    const both = `
      WITH logged AS (${insert} RETURNING id, event, commitment_id)
      INSERT INTO public.audit_webhook_deliveries
        (id, audit_id, commitment_id, event, next_attempt_at, created_at, give_up_at, priority)
      SELECT ${id}::uuid, id, commitment_id, event, ${at}::timestamptz, ${at}::timestamptz, ${giveUpAt}::timestamptz,
             ${priority}::smallint
        FROM logged`;
    const giveUp = new Date(now.getTime() + GIVE_UP_AFTER_MS);
    return [both, [...values, this.ids.uuid(), now, giveUp, priorityOf(event, actor)]];
  }
}
