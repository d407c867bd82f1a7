import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { ValidationError } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { currentContext } from '../common/request-context.js';
import { normalizeText } from '../common/text.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import { misnamed, type PauseTarget } from './pause.js';
import { alreadyPaused, pauseEnded, pauseNotFound } from './pause.errors.js';
import { pauseView } from './pause.view.js';
import { PayoutPause } from './payout-pause.entity.js';
import { PayoutPauseRepository } from './payout-pause.repository.js';
import type { CreatePauseBody, PauseDto } from './pauses.dto.js';

const MAX_SHOWN = 200;
const ONE_OPEN = 'payout_pauses_one_open';

/** Stops payouts and lets them go on: all, those of one commitment, or those of one purpose. */
@Injectable()
export class PausesService {
  constructor(
    private readonly pauses: PayoutPauseRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @param ended whether ended ones are shown as well */
  async list(ended: boolean): Promise<{ items: PauseDto[] }> {
    const pauses = await this.pauses.findAll(this.transactions.manager, ended, MAX_SHOWN);
    return { items: pauses.map(pauseView) };
  }

  /**
   * From the answer on nothing that it covers is signed, by any replica; what was signed before is followed to its end.
   * @throws DomainError `commitment_not_found`, `already_paused`; ValidationError
   */
  async create(body: CreatePauseBody): Promise<PauseDto> {
    const { scope, commitmentId = null, purpose = null } = body;
    const target = { scope, commitmentId, purpose };
    await this.check(target);
    const pause = {
      id: this.ids.uuid(),
      ...target,
      reason: normalizeText(body.reason),
      createdBy: actor(),
      createdAt: this.clock.now(),
      endedBy: null,
      endedAt: null,
    };
    try {
      await this.transactions.run((manager) => this.begin(manager, pause));
    } catch (error) {
      throw violatedConstraint(error) === ONE_OPEN ? await this.refusal(target, error) : error;
    }
    return pauseView(pause);
  }

  /**
   * What waited goes on with the driver's next run.
   * @throws DomainError `pause_not_found`, `pause_ended`
   */
  async end(id: string): Promise<PauseDto> {
    const ended = await this.transactions.run(async (manager) => {
      const now = this.clock.now();
      if (!(await this.pauses.end(manager, id, actor(), now))) return false;
      const pause = await this.get(manager, id);
      await this.pauses.wake(manager, pause, now);
      await this.record(manager, 'admin_pause_end_ok', pause);
      return true;
    });
    const pause = pauseView(await this.get(this.transactions.manager, id));
    if (!ended) throw pauseEnded(pause);
    return pause;
  }

  private async check(target: PauseTarget): Promise<void> {
    const path = misnamed(target);
    if (path !== null) {
      const message = `${path} has to be given exactly where the scope is its own, and scope is ${target.scope}`;
      throw new ValidationError([{ path, message }]);
    }
    if (target.commitmentId !== null) await this.commitments.get(target.commitmentId);
  }

  private async begin(manager: EntityManager, pause: PayoutPause): Promise<void> {
    await this.pauses.lock(manager);
    await this.pauses.insert(manager, pause);
    await this.record(manager, 'admin_pause_create_ok', pause);
  }

  private async record(manager: EntityManager, event: string, pause: PayoutPause): Promise<void> {
    const { id, scope, commitmentId, purpose, reason } = pause;
    await this.audit.record(manager, {
      event,
      ...(commitmentId === null ? {} : { commitmentId }),
      fields: { pauseId: id, scope, ...(purpose === null ? {} : { purpose }), reason },
    });
  }

  private async refusal(target: PauseTarget, cause: unknown): Promise<unknown> {
    const open = await this.pauses.findOpen(this.transactions.manager, target);
    // Ended since: the next try succeeds.
    return open === null ? cause : alreadyPaused(pauseView(open));
  }

  private async get(manager: EntityManager, id: string): Promise<PayoutPause> {
    const pause = await this.pauses.findById(manager, id);
    if (pause === null) throw pauseNotFound(id);
    return pause;
  }
}

function actor(): string {
  return currentContext()?.actor ?? 'unknown';
}
