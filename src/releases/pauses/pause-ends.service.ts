import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import type { AuditEvent } from '#src/common/audit-events.js';
import { Clock } from '#src/common/clock.js';
import { present } from '#src/common/present.js';
import { actor } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PauseHead } from '#src/escrow/door/evidence/pause-head.service.js';
import { endOf, mayEnd } from './pause.js';
import type { Pause } from './pause.entity.js';
import { ownPause } from './pause.errors.js';
import { PauseRepository } from './pause.repository.js';
import { pauseView } from './pause.view.js';

/** As it is asked for; when it begins and ends is the server's own. */
export type NewPause = Pick<Pause, 'id' | 'scope' | 'commitmentId' | 'purpose' | 'reason' | 'createdBy'>;

/** How pauses begin, and how they end: by another admin's word, or when their time is over. */
@Injectable()
export class PauseEnds {
  constructor(
    private readonly pauses: PauseRepository,
    private readonly head: PauseHead,
    private readonly allowlist: Allowlist,
    private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  /** Ends what nobody has ended in time. */
  async run(): Promise<{ ended: number }> {
    return { ended: await this.transactions.run((manager) => this.endOver(manager)) };
  }

  /** @returns how many there were */
  async endOver(manager: EntityManager): Promise<number> {
    const over = await this.pauses.findOver(manager, this.clock.now());
    let ended = 0;
    for (const pause of over) if (await this.end(manager, pause, actor(), 'pause_over_ok')) ended += 1;
    return ended;
  }

  /**
   * What waited goes on with the driver's next run.
   * @param by an admin's wallet, or who ended it because its time was over
   * @returns false when somebody else has ended it
   */
  async end(manager: EntityManager, pause: Pause, by: string, event: AuditEvent): Promise<boolean> {
    const now = this.clock.now();
    await this.pauses.lock(manager);
    const head = await this.head.before(manager, false);
    if (!(await this.pauses.end(manager, pause.id, by, now))) return false;
    await head.after();
    await this.pauses.wake(manager, pause, now);
    await this.record(manager, event, pause);
    return true;
  }

  /** @throws DomainError `second_admin_needed` */
  async requireOther(manager: EntityManager, pause: Pause, wallet: string): Promise<void> {
    if (!mayEnd(pause, wallet, await this.allowlist.admins(manager))) throw ownPause(pauseView(pause));
  }

  /** Who calls keeps others from making one, and has ended what stands in the way. */
  async begin(manager: EntityManager, pause: NewPause): Promise<Pause> {
    const head = await this.head.before(manager, pause.scope === 'all');
    const createdAt = this.clock.now();
    const endsAt = endOf(createdAt, this.settings.env.PAUSE_MAX_SECONDS);
    const made = { ...pause, createdAt, endsAt, endedBy: null, endedAt: null, number: head.number };
    await this.pauses.insert(manager, made);
    await head.after();
    if (!head.isKept)
      await this.audit.record(manager, { event: 'pauses_forged_error', fields: { pauseId: made.id } });
    return made;
  }

  async record(manager: EntityManager, event: AuditEvent, pause: Pause): Promise<void> {
    const { id, scope, commitmentId, purpose, reason, endsAt } = pause;
    await this.audit.record(manager, {
      event,
      ...present({ commitmentId }),
      fields: present({ pauseId: id, scope, purpose, reason, endsAt: endsAt.toISOString() }),
    });
  }
}
