import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain, type ChainTime } from '#src/chain/port/chain.js';
import { isChainTrouble } from '#src/chain/port/chain.errors.js';
import { isDatabaseOutage } from '#src/common/database/database-errors.js';
import { DomainError } from '#src/common/errors/errors.js';
import { inParallel } from '#src/common/in-parallel.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { type Decision, PersonalSettlements } from './personal-settlements.service.js';
import { UnfundedEnds } from './unfunded-ends.service.js';
import { countsOf, outcomeOfRefusal } from './sweep.js';
import type { SweepBody, SweepDto, SweepItemDto } from './sweep.dto.js';

/** So many that free commitments delay no other one: a call reads the balances of 100. */
const DEFAULT_LIMIT = 1_000;
const IN_FLIGHT = 4;
const MAX_ALARMED = 10_000;

/** One run: what it goes by, and what has come of it so far. */
interface Run {
  readonly now: ChainTime;
  readonly items: SweepItemDto[];
  /** Set once the chain does not answer: every further question would only take its whole deadline. */
  away?: DomainError;
}

/**
 * Ends personal commitments: as failures those that passed their deadline unattested, or against which one was filed; attested
 * ones that nobody has decided in time are refunded.
 */
@Injectable()
export class Sweep {
  private readonly logger = new Logger(Sweep.name);
  private readonly alarmed = new Set<string>();

  constructor(
    private readonly chain: Chain,
    private readonly commitments: Commitments,
    private readonly settlements: PersonalSettlements,
    private readonly unfunded: UnfundedEnds,
    private readonly audit: Audit,
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
    const unfunded = new Set(await this.unfunded.findAmong(due, now));
    const funded = due.filter((commitment) => !unfunded.has(commitment));
    await inParallel(funded, IN_FLIGHT, (commitment) => this.takeUp(commitment, run));
    const ended = await this.unfunded.end([...unfunded], now);
    for (const commitment of ended) run.items.push(settledItem(commitment, null));
    run.items.push(...[...unfunded].filter((one) => !ended.includes(one)).map(overtakenItem));
    return { ...countsOf(run.items), items: run.items };
  }

  /** One that cannot be settled must not stop the others. */
  private async takeUp(commitment: Commitment, run: Run): Promise<void> {
    try {
      if (run.away !== undefined) throw run.away;
      const payout = await this.settlements.settle(commitment, decisionOf(commitment, run.now));
      run.items.push(settledItem(commitment, payout));
    } catch (error) {
      if (isDatabaseOutage(error)) throw error;
      if (isChainTrouble(error)) run.away = error;
      await this.alarm(commitment, error);
      run.items.push(this.refusedItem(commitment, error));
    }
  }

  /** Nobody has asked for it, so nobody is answered; once for each commitment and process. */
  private async alarm({ id }: Commitment, error: unknown): Promise<void> {
    if (!(error instanceof DomainError) || error.code !== 'signing_refused' || this.alarmed.has(id)) return;
    if (this.alarmed.size >= MAX_ALARMED) this.alarmed.clear();
    this.alarmed.add(id);
    const fields = { reason: error.detail };
    await this.audit.recordAlone({ event: 'escrow_signing_refused_error', commitmentId: id, fields });
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

function decisionOf({ attestedAt, failureFiledAt }: Commitment, now: ChainTime): Decision {
  const leftToDriver = true;
  return attestedAt !== null && failureFiledAt === null
    ? { resolution: 'success', now, event: 'commitment_success_ok', leftToDriver }
    : { resolution: 'failure', now, event: 'commitment_failure_ok', leftToDriver };
}

function overtakenItem({ id }: Commitment): SweepItemDto {
  return { commitmentId: id, outcome: 'lost', detail: 'It was attested or resolved meanwhile.' };
}

function settledItem({ id, destinationOnFail }: Commitment, payout: Payout | null): SweepItemDto {
  const common = { commitmentId: id, destination: payout?.destination ?? destinationOnFail };
  if (payout === null) return { ...common, outcome: 'empty', amountLamports: 0 };
  const { id: payoutId, amountLamports } = payout;
  return { ...common, outcome: 'settled', payoutId, amountLamports: toJsonLamports(amountLamports) };
}
