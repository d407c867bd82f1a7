import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { messageOf } from '#src/common/errors/errors.js';
import { inParallel } from '#src/common/in-parallel.js';
import { CollectDoor } from '#src/escrow/door/collect-door.service.js';
import { OperationEngine } from '#src/pumpfun/operations/operation-engine.service.js';
import { stillWaits } from './collection.js';
import { EscrowFeesReader } from './escrow-fees-reader.service.js';
import { NewCollections } from './new-collections.service.js';
import { type ManagedCommitment, ManagedFeeLookRepository } from './managed-fee-look.repository.js';

const LIMIT = 500;
const IN_FLIGHT = 4;

/** What a run answers. */
export interface ManagedFeesRun {
  readonly looked: number;
  readonly begun: number;
  readonly failed: number;
}

/** Managed mode: brings creator fees into escrows, on schedule, and before a failure is frozen. */
@Injectable()
export class ManagedFees {
  private readonly logger = new Logger(ManagedFees.name);

  constructor(
    private readonly fees: EscrowFeesReader,
    private readonly looks: ManagedFeeLookRepository,
    private readonly collections: NewCollections,
    private readonly engine: OperationEngine,
    private readonly door: CollectDoor,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Looks at what was not looked at for MANAGED_FEE_INTERVAL_SECONDS. Any number of replicas may run it at once. */
  async run(): Promise<ManagedFeesRun> {
    if (this.door.payer === null) return { looked: 0, begun: 0, failed: 0 };
    const before = new Date(
      this.clock.now().getTime() - this.settings.env.MANAGED_FEE_INTERVAL_SECONDS * 1000,
    );
    const due = await this.looks.findDue(this.transactions.manager, before, LIMIT);
    let [begun, failed] = [0, 0];
    await inParallel(due, IN_FLIGHT, async (commitment) => {
      try {
        if (await this.look(commitment)) begun += 1;
      } catch (error) {
        failed += 1;
        this.logger.warn(`creator fees of commitment ${commitment.commitmentId}: ${messageOf(error)}`);
      }
    });
    return { looked: due.length, begun, failed };
  }

  /**
   * Before the amounts of a failure are frozen: fees that can be had belong to those who share in it.
   * @returns what it waits for; null when nothing is left to collect, or it was tried for long enough
   * @throws RpcUnavailableError
   */
  async beforeFreeze(commitment: ManagedCommitment, effectiveAt: Date, now: Date): Promise<string | null> {
    if (this.door.payer === null || !stillWaits(effectiveAt, now)) return null;
    const { commitmentId } = commitment;
    const found = await this.collections.continueOr(commitmentId, () => this.look(commitment));
    if (found === 'none') return null;
    // Once one is done the next look says whether something is left, such as wrapped SOL.
    if (found === 'done') return 'a last look at the creator fees';
    return `its creator fees, which are being collected: ${found.waitingFor ?? found.status}`;
  }

  /** @returns whether an operation was begun */
  private async look({ commitmentId, tokenMint }: ManagedCommitment): Promise<boolean> {
    const { manager } = this.transactions;
    const { found, claimable, chosen } = await this.fees.read(commitmentId, tokenMint);
    const kind = found.ownWrapped > 0n ? 'unwrap' : chosen === null ? null : 'collect';
    const operation = kind === null ? null : await this.collections.begin(commitmentId, kind);
    await this.looks.save(manager, {
      commitmentId,
      lookedAt: this.clock.now(),
      claimableLamports: claimable,
      problem: found.problem,
    });
    if (operation === null) return false;
    await this.engine.run(operation.id);
    return true;
  }
}
