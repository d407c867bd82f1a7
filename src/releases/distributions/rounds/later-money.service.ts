import { Injectable, Logger } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import { messageOf } from '#src/common/errors/errors.js';
import { MOST_WAITING_LAMPORTS } from '#src/escrow/door/facts/later-money.js';
import { FailureRoundRepository } from './failure-round.repository.js';
import { FailureRounds } from './failure-rounds.service.js';
import { RoundWaits } from './round-waits.service.js';

/** As many balances as one call answers. */
const ESCROWS_A_RUN = 100;

export interface LaterMoneyResult {
  readonly looked: number;
  readonly frozen: number;
  /** Have enough for a round and could not get it yet. */
  readonly waiting: number;
}

/** Looks for money that has reached failed escrows later, a hundred of them a run, one after the other and again from the first. */
@Injectable()
export class LaterMoney {
  private readonly logger = new Logger(LaterMoney.name);
  private after: string | undefined;

  constructor(
    private readonly rows: FailureRoundRepository,
    private readonly rounds: FailureRounds,
    private readonly waits: RoundWaits,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
  ) {}

  /** @throws RpcUnavailableError when no balance can be had */
  async run(): Promise<LaterMoneyResult> {
    const page = await this.rows.findShared(this.transactions.manager, this.after, ESCROWS_A_RUN);
    const balances = await this.chain.shownBalances(page.map(({ escrow }) => escrow));
    const rich = page.filter((_, index) => (balances[index]?.lamports ?? 0n) > MOST_WAITING_LAMPORTS);
    const waiting: string[] = [];
    let frozen = 0;
    for (const { commitmentId } of rich) {
      const outcome = await this.freeze(commitmentId);
      if (outcome === 'frozen') frozen += 1;
      if (outcome === 'waits') waiting.push(commitmentId);
    }
    const settled = page.map(({ commitmentId }) => commitmentId).filter((id) => !waiting.includes(id));
    await this.waits.end(settled);
    this.after = page.length < ESCROWS_A_RUN ? undefined : page.at(-1)?.commitmentId;
    return { looked: page.length, frozen, waiting: waiting.length };
  }

  /** One that cannot be shared out must not stop the others. */
  private async freeze(commitmentId: string) {
    try {
      const outcome = await this.rounds.freeze(commitmentId);
      if (outcome === 'waits') await this.waits.note(commitmentId, 'a payout of the escrow is in progress');
      return outcome;
    } catch (error) {
      this.logger.error({
        msg: `Later money of ${commitmentId} could not be shared out`,
        commitmentId,
        err: error,
      });
      await this.waits.note(commitmentId, messageOf(error));
      return 'waits' as const;
    }
  }
}
