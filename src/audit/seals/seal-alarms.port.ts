import type { EntityManager } from 'typeorm';
import type { ChangeLine } from './audit-seal.js';

/** Who is told when the log shows what nobody of this service has done. */
export abstract class SealAlarms {
  /** In the transaction of the seal that names them. */
  abstract foreignChanges(manager: EntityManager, changes: readonly ChangeLine[]): Promise<void>;

  /** Never throws. @param detail what is there, and what was known before */
  abstract wentBackwards(detail: string): Promise<void>;
}
