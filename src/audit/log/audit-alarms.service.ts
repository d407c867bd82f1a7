import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChangeLine } from '#src/audit/seals/audit-seal.js';
import { SealAlarms } from '#src/audit/seals/seal-alarms.port.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { Audit } from './audit.service.js';

const ACTOR = 'job:audit-seal';
const MAX_NAMED = 20;

/** What the seals show, as events of the audit log, which the webhook delivers. */
@Injectable()
export class AuditAlarms extends SealAlarms {
  private readonly logger = new Logger(AuditAlarms.name);

  constructor(
    private readonly audit: Audit,
    private readonly outcomes: AuditOutcomes,
  ) {
    super();
  }

  async foreignChanges(manager: EntityManager, changes: readonly ChangeLine[]): Promise<void> {
    const named = changes.slice(0, MAX_NAMED).map(({ id, table, key }) => ({ id, table, key }));
    const fields = { count: changes.length, changes: named };
    this.logger.error({ msg: 'Rows were changed by somebody who is not this service', ...fields });
    await this.audit.record(manager, { event: 'database_change_foreign_error', actor: ACTOR, fields });
  }

  async wentBackwards(detail: string): Promise<void> {
    this.logger.error(`The seals of the audit log went backwards: ${detail}`);
    const event = 'audit_seal_backwards_error';
    await this.outcomes.write({ event, actor: ACTOR, fields: { detail } });
  }
}
