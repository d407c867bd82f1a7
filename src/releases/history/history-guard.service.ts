import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Shutdown } from '#src/common/shutdown.js';
import { type StepResult, waitingFor } from '#src/releases/landing/step-result.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { EscrowHistoryRepository, type Outflow, type Unopened } from './escrow-history.repository.js';
import { EscrowHistories, unexplained } from './escrow-histories.service.js';
import { isPaymentOf } from './escrow-transaction.js';
import { RecoveredPayouts } from './recovered-payouts.service.js';
import { UnknownOutflows } from './unknown-outflows.service.js';

/** What one look opens at most: a flood of forged memos is worked off look by look. */
const OPENED_AT_ONCE = 200;
const SKIPPED_FOR_MS = 10_000;

/** The look at the chain before each attempt: whatever a database was restored to, nothing is paid twice. */
@Injectable()
export class HistoryGuard implements OnModuleDestroy {
  private readonly logger = new Logger(HistoryGuard.name);
  /** When an escrow was last found in order. In this process's memory alone: a restored database knows nothing of it. */
  private readonly seenAt = new Map<string, number>();
  private readonly background = new Map<string, Promise<void>>();

  constructor(
    private readonly chain: Chain,
    private readonly histories: EscrowHistories,
    private readonly rows: EscrowHistoryRepository,
    private readonly recovered: RecoveredPayouts,
    private readonly outflows: UnknownOutflows,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.background.values());
  }

  /**
   * @param attempts how many the payout has had
   * @returns null when nothing speaks against another one; `moved` when the payout was found paid
   * @throws HistoryIncompleteError, RpcUnavailableError, SingleSourceError, ChainDisagreesError
   */
  async look(payout: Payout, attempts: number): Promise<StepResult | null> {
    const { source } = payout;
    const now = this.clock.now().getTime();
    if (now - (this.seenAt.get(source) ?? 0) < SKIPPED_FOR_MS) return null;
    await this.histories.read(source);
    const foreign = await this.openNamed(source, await this.histories.foreign(source, OPENED_AT_ONCE));
    const found = await this.histories.unknownOutflows(source);
    const verdict =
      (await this.judge(payout, attempts, found)) ?? (await this.judgeUnopened(payout, attempts, foreign));
    // One that an admin has accepted may be the payment of what is decided next: then each payout looks for itself.
    const isPlain = async () =>
      (foreign.length === 0 ? found : await this.histories.unknownOutflows(source)).length === 0;
    if (verdict === null && (await isPlain())) this.seenAt.set(source, now);
    return verdict;
  }

  /** Opens those that name a payout. @returns what is left then */
  private async openNamed(source: string, foreign: readonly Unopened[]): Promise<readonly Unopened[]> {
    const named = foreign.filter(({ namesPayout }) => namesPayout);
    if (named.length === 0) return foreign;
    await this.open(source, named);
    return this.histories.foreign(source, OPENED_AT_ONCE);
  }

  /** By what is opened. */
  private async judge(
    payout: Payout,
    attempts: number,
    found: readonly Outflow[],
  ): Promise<StepResult | null> {
    const paid = found.find((outflow) => isPaymentOf(payout, outflow));
    if (paid !== undefined) {
      const isAdopted = await this.recovered.adopt(payout, attempts + 1, paid.signature);
      return isAdopted ? 'moved' : waitingFor(`transaction ${paid.signature}, which has paid it already`);
    }
    const { commitmentId, source: escrow } = payout;
    const reason = await this.outflows.stop({ commitmentId, escrow }, unexplained(found));
    return reason === null ? null : waitingFor(reason);
  }

  /** By the balance, where strangers' transactions are not opened yet: what they did can only have added to it. */
  private async judgeUnopened(
    payout: Payout,
    attempts: number,
    left: readonly Unopened[],
  ): Promise<StepResult | null> {
    const { source } = payout;
    if (left.length === 0) return null;
    if (
      await this.balanceVouches(
        source,
        left.some(({ namesPayout }) => namesPayout),
      )
    ) {
      this.openInBackground(payout);
      return null;
    }
    await this.open(source, left);
    const verdict = await this.judge(payout, attempts, await this.histories.unknownOutflows(source));
    if (verdict !== null || (await this.histories.foreign(source, 1)).length === 0) return verdict;
    return waitingFor(`the transactions of escrow ${source}, which are being looked at one by one`);
  }

  private async balanceVouches(escrow: string, someNamePayouts: boolean): Promise<boolean> {
    const expected = await this.rows.expected(this.transactions.manager, escrow);
    if (expected <= 0n) return !someNamePayouts;
    const [balance] = await this.chain.finalizedBalances([escrow]);
    return (balance?.lamports ?? 0n) >= expected;
  }

  private openInBackground(payout: Payout): void {
    const { source } = payout;
    if (this.background.has(source)) return;
    const work = this.openRest(payout)
      .catch((error: unknown) => this.logger.warn(`transactions of escrow ${source}: ${messageOf(error)}`))
      .finally(() => this.background.delete(source));
    this.background.set(source, work);
  }

  private async openRest({ commitmentId, source }: Payout): Promise<void> {
    for (;;) {
      const left = await this.histories.foreign(source, OPENED_AT_ONCE);
      if (left.length === 0 || this.shutdown.isShuttingDown) break;
      await this.open(source, left);
      const still = await this.histories.foreign(source, OPENED_AT_ONCE);
      if (
        still.length === left.length &&
        still.every(({ signature }, at) => signature === left[at]?.signature)
      )
        break;
    }
    const found = await this.histories.unexplainedOutflows(source);
    await this.outflows.stop({ commitmentId, escrow: source }, found);
  }

  private async open(escrow: string, unopened: readonly { readonly signature: string }[]): Promise<void> {
    await this.histories.open(
      escrow,
      unopened.map(({ signature }) => signature),
    );
  }
}
