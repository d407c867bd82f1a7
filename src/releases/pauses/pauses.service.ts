import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { Ids } from '#src/common/ids.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { misnamed, type PauseTarget } from './pause.js';
import { alreadyPaused, pauseEnded, pauseNotFound } from './pause.errors.js';
import { pauseView } from './pause.view.js';
import type { Pause } from './pause.entity.js';
import { type NewPause, PauseEnds } from './pause-ends.service.js';
import { PauseRepository } from './pause.repository.js';
import { PauseActParams, type PauseDto, PauseEndActParams } from './pauses.dto.js';

const MAX_SHOWN = 200;
const ONE_OPEN = 'payout_pauses_one_open';

/** Stops payouts and lets them go on: all, those of one commitment, or those of one purpose. */
@Injectable()
export class Pauses implements OnModuleInit {
  constructor(
    private readonly pauses: PauseRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly ends: PauseEnds,
    private readonly ids: Ids,
    private readonly acts: AdminActs,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.pause.create',
      params: PauseActParams,
      subject: (given) => this.subject(targetOf(given)),
    });
    this.acts.define({
      action: 'admin.pause.end',
      params: PauseEndActParams,
      subject: async ({ pauseId }) => (await this.get(this.transactions.manager, pauseId)).commitmentId,
    });
  }

  /** @param ended whether ended ones are shown as well */
  async list(ended: boolean): Promise<{ items: PauseDto[] }> {
    const pauses = await this.pauses.findAll(this.transactions.manager, ended, MAX_SHOWN);
    return { items: pauses.map(pauseView) };
  }

  /**
   * From the answer on nothing that it covers is signed, by any replica; what was signed before is followed to its end.
   * @throws DomainError `commitment_not_found`, `already_paused`; ValidationError
   */
  async create(act: AdminAct<PauseActParams>): Promise<PauseDto> {
    const target = targetOf(act.given);
    const { reason } = act.given;
    const pause = { id: this.ids.uuid(), ...target, reason, createdBy: act.signed.wallet };
    try {
      return pauseView(await this.transactions.run((manager) => this.begin(manager, pause, act)));
    } catch (error) {
      throw violatedConstraint(error) === ONE_OPEN ? await this.refusal(target, error) : error;
    }
  }

  /**
   * What waited goes on with the driver's next run.
   * @throws DomainError `pause_not_found`, `pause_ended`, `second_admin_needed`
   */
  async end(act: AdminAct<PauseEndActParams>): Promise<PauseDto> {
    const { pauseId: id } = act.given;
    const ended = await this.transactions.run(async (manager) => {
      const open = await this.get(manager, id);
      if (open.endedAt !== null) return false;
      await this.ends.requireOther(manager, open, act.signed.wallet);
      if (!(await this.ends.end(manager, open, act.signed.wallet, 'admin_pause_end_ok'))) return false;
      await this.acts.record(manager, act);
      return true;
    });
    const pause = pauseView(await this.get(this.transactions.manager, id));
    if (!ended) throw pauseEnded(pause);
    return pause;
  }

  private async subject(target: PauseTarget): Promise<string | null> {
    const path = misnamed(target);
    if (path !== null) {
      const message = `${path} has to be given exactly where the scope is its own, and scope is ${target.scope}`;
      throw new ValidationError([{ path, message }]);
    }
    return target.commitmentId === null ? null : (await this.commitments.get(target.commitmentId)).id;
  }

  private async begin(manager: EntityManager, given: NewPause, act: AdminAct): Promise<Pause> {
    await this.pauses.lock(manager);
    // One whose time is over is open until the job has ended it, and would stand in the way.
    await this.ends.endOver(manager);
    const pause = await this.ends.begin(manager, given);
    await this.acts.record(manager, act);
    await this.ends.record(manager, 'admin_pause_create_ok', pause);
    return pause;
  }

  private async refusal(target: PauseTarget, cause: unknown): Promise<unknown> {
    const open = await this.pauses.findOpen(this.transactions.manager, target);
    // Ended since: the next try succeeds.
    return open === null ? cause : alreadyPaused(pauseView(open));
  }

  private async get(manager: EntityManager, id: string): Promise<Pause> {
    const pause = await this.pauses.findById(manager, id);
    if (pause === null) throw pauseNotFound(id);
    return pause;
  }
}

function targetOf({ scope, commitmentId, purpose }: PauseActParams): PauseTarget {
  return { scope, commitmentId: commitmentId ?? null, purpose: purpose ?? null };
}
