import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { inParallel } from '#src/common/in-parallel.js';
import { Transactions } from '#src/common/database/transactions.js';
import { type FeeRouting, hasChanged, isLess } from './fee-routing.js';
import { FeeRoutingReading } from './fee-routing-reading.entity.js';
import { FeeRoutingReadingRepository, type ManagedCommitment } from './fee-routing-reading.repository.js';
import { FeeRoutings } from './fee-routings.service.js';

const LIMIT = 1_000;
const IN_FLIGHT = 4;

/** What a run answers. */
export interface FeeRoutingRun {
  readonly read: number;
  readonly changed: number;
}

/** Reads again where the creator fees of managed commitments go, and raises an alarm when less of them reach an escrow. */
@Injectable()
export class FeeRoutingWatch {
  constructor(
    private readonly routings: FeeRoutings,
    private readonly readings: FeeRoutingReadingRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Any number of replicas may run it at once: an older reading replaces no newer one. @throws DomainError `rpc_unavailable` */
  async run(): Promise<FeeRoutingRun> {
    const due = await this.readings.findDue(this.transactions.manager, LIMIT);
    let changed = 0;
    await inParallel(due, IN_FLIGHT, async (commitment) => {
      if (await this.readAgain(commitment)) changed += 1;
    });
    return { read: due.length, changed };
  }

  private async readAgain({ id, tokenMint }: ManagedCommitment): Promise<boolean> {
    const { slot, routing } = await this.routings.ask(id, tokenMint);
    const reading: FeeRoutingReading = { commitmentId: id, ...routing, slot, readAt: this.clock.now() };
    return this.transactions.run(async (manager) => {
      const before = await this.readings.findLocked(manager, id);
      if (before !== null && before.slot > slot) return false;
      await this.readings.save(manager, reading);
      if (before === null || !hasChanged(before, routing)) return false;
      await this.audit.record(manager, {
        event: isLess(before, routing) ? 'fee_routing_changed_error' : 'fee_routing_changed',
        commitmentId: id,
        fields: { tokenMint, before: told(before), now: told(routing) },
      });
      return true;
    });
  }
}

function told({ answer, reason, bps, earner, locked, admin }: FeeRouting) {
  return { answer, reason, bps, earner, locked, admin };
}
