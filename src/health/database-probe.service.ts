import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { fullDisks } from '#config/database/session-client.js';
import { Clock } from '#src/common/clock.js';
import { ownerOf } from '#migrations/roles/role-check.js';
import { causeState } from '#src/common/database/database-errors.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';

const FILLER_BYTES = 7_000;
const DISK_FULL = '53100';
/** Longer than the payout driver and the webhook outbox leave between two writes. */
const FULL_FOR_MS = 15_000;

const WRITE = `
  WITH old AS (DELETE FROM public.database_probes WHERE probed_at < now() - interval '5 seconds')
  INSERT INTO public.database_probes (filler) VALUES (decode(repeat('00', ${FILLER_BYTES}), 'hex'))`;

const TROUBLES: Readonly<Record<string, string>> = {
  '25006': 'The database is read-only: a standby, or made read-only',
  [DISK_FULL]: 'The database has no disk space left',
};

/** Whether the database takes writes: one that only answers cannot book a payment. Who asks remembers the answer a second. */
@Injectable()
export class DatabaseProbe implements OnModuleDestroy {
  private lastFullAt = Number.NEGATIVE_INFINITY;
  private readonly onFull = () => void (this.lastFullAt = this.clock.now().getTime());

  constructor(
    private readonly database: QuickDatabase,
    private readonly clock: Clock,
  ) {
    fullDisks.on('met', this.onFull);
  }

  onModuleDestroy(): void {
    fullDisks.off('met', this.onFull);
  }

  /** What is wrong, in words for anybody; undefined when all is well. Never throws. */
  async trouble(): Promise<string | undefined> {
    try {
      await this.database.query(WRITE);
      // It may have found room in a page that its table had already. Other statements know better.
      const isFull = this.clock.now().getTime() - this.lastFullAt < FULL_FOR_MS;
      return isFull ? TROUBLES[DISK_FULL] : undefined;
    } catch (error) {
      return TROUBLES[causeState(error) ?? ''] ?? 'Database connection failed';
    }
  }

  /** The role of this service when it owns the tables. Never throws. */
  async owner(): Promise<string | undefined> {
    return ownerOf((sql) => this.database.query(sql)).catch(() => undefined);
  }
}
