import { Injectable, Logger } from '@nestjs/common';
import { within } from '#src/common/time/within.js';
import { type AuditEntry, Audit } from './audit.service.js';

const WRITE_LIMIT_MS = 2_000;

/** Writes rows that tell how a request ended, outside of any transaction. The answer to the client waits for them. */
@Injectable()
export class AuditOutcomes {
  private readonly logger = new Logger(AuditOutcomes.name);
  private missing = 0;

  constructor(private readonly audit: Audit) {}

  /** Rows that this process could not write, or not in time. Anything but 0 is an alarm. */
  get lost(): number {
    return this.missing;
  }

  /** Never throws and never takes long: an answer is not held up, or turned into another one, by its own record. */
  async write(entry: AuditEntry): Promise<void> {
    try {
      await within(WRITE_LIMIT_MS, this.audit.recordAlone(entry), () => {
        throw new Error(`no answer within ${WRITE_LIMIT_MS} ms`);
      });
    } catch (error) {
      this.missing += 1;
      this.logger.error({
        msg: 'An audit row is missing',
        event: entry.event,
        lost: this.missing,
        err: error,
      });
    }
  }
}
