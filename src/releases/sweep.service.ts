import { Injectable, Logger } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Chain, type ChainTime } from '../chain/chain.js';
import { isDatabaseOutage } from '../common/database-errors.js';
import { DomainError } from '../common/errors.js';
import { inParallel } from '../common/in-parallel.js';
import { toJsonLamports } from '../common/lamports.js';
import { Commitment } from '../commitments/commitment.entity.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { Payout } from './payout.entity.js';
import { PersonalSettlements } from './personal-settlements.service.js';
import { countsOf, outcomeOfRefusal } from './sweep.js';
import type { SweepBody, SweepDto, SweepItemDto } from './sweep.dto.js';

const DEFAULT_LIMIT = 100;
const IN_FLIGHT = 4;

/** One run: what it goes by, and what has come of it so far. */
interface Run {
  readonly now: ChainTime;
  readonly items: SweepItemDto[];
  /** Set once the chain does not answer: every further question would only take its whole deadline. */
  away?: DomainError;
}

/** Ends personal commitments as failures that have passed their deadline unattested. */
@Injectable()
export class SweepService {
  private readonly logger = new Logger(SweepService.name);

  constructor(
    private readonly chain: Chain,
    private readonly commitments: CommitmentsService,
    private readonly settlements: PersonalSettlements,
    private readonly audit: AuditService,
  ) {}

  /** A run that an admin or an outside scheduler asks for. @throws DomainError `rpc_unavailable` */
  async sweep({ limit }: SweepBody): Promise<SweepDto> {
    const report = await this.run(limit);
    const { items: _, ...counts } = report;
    // Each commitment that was settled has an audit row of its own; this one tells who asked for the run.
    await this.audit.recordAlone({ event: 'admin_sweep_ok', fields: { ...counts, limit } });
    return report;
  }

  /**
   * Takes up what is due and nothing else, each commitment in a transaction of its own; the driver then pays. Any number
   * of replicas may run it at once: each commitment is settled once.
   * @throws DomainError `rpc_unavailable` when the chain's time cannot be had
   */
  async run(limit: number = DEFAULT_LIMIT): Promise<SweepDto> {
    const now = await this.chain.now();
    const due = await this.commitments.takeForSweep(new Date(now.unixSeconds * 1000), limit);
    const run: Run = { now, items: [] };
    await inParallel(due, IN_FLIGHT, (commitment) => this.takeUp(commitment, run));
    return { ...countsOf(run.items), items: run.items };
  }

  /** One that cannot be settled must not stop the others. */
  private async takeUp(commitment: Commitment, run: Run): Promise<void> {
    try {
      if (run.away !== undefined) throw run.away;
      const decision = { resolution: 'failure', now: run.now, event: 'commitment_failure_ok' } as const;
      const payout = await this.settlements.settle(commitment, { ...decision, leftToDriver: true });
      run.items.push(settledItem(commitment, payout));
    } catch (error) {
      if (isDatabaseOutage(error)) throw error;
      if (error instanceof DomainError && error.code === 'rpc_unavailable') run.away = error;
      run.items.push(this.refusedItem(commitment, error));
    }
  }

  private refusedItem({ id }: Commitment, error: unknown): SweepItemDto {
    if (error instanceof DomainError) {
      const { code, detail } = error;
      return { commitmentId: id, outcome: outcomeOfRefusal(code), code, detail };
    }
    this.logger.error({ msg: `Commitment ${id} could not be swept`, err: error });
    return { commitmentId: id, outcome: 'refused', code: 'internal_error', detail: 'See the log.' };
  }
}

function settledItem(commitment: Commitment, payout: Payout | null): SweepItemDto {
  const common = { commitmentId: commitment.id, destination: commitment.destinationOnFail };
  if (payout === null) return { ...common, outcome: 'empty', amountLamports: 0 };
  const { id: payoutId, amountLamports } = payout;
  return { ...common, outcome: 'settled', payoutId, amountLamports: toJsonLamports(amountLamports) };
}
