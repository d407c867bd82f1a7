import { Injectable, Logger } from '@nestjs/common';
import { Chain, WRAPPED_SOL } from '#src/chain/port/chain.js';
import { wrappedSolAccountOf } from '#src/chain/signing/unwrap-transaction.js';
import { Transactions } from '#src/common/database/transactions.js';
import { messageOf } from '#src/common/errors/errors.js';
import { CollectDoor } from '#src/escrow/door/collect-door.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { OperationEngine } from '#src/pumpfun/operations/operation-engine.service.js';
import { stillWaits } from './collection.js';
import { NewCollections } from './new-collections.service.js';

/** As many accounts as one call answers. */
const ESCROWS_A_RUN = 100;
/** Below every id of a commitment. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface WrappedSolRun {
  readonly looked: number;
  readonly begun: number;
  readonly failed: number;
}

interface EscrowRow {
  readonly commitmentId: string;
  readonly escrow: string;
}

/** Turns wrapped SOL that anybody has sent to an escrow into SOL of that escrow, whatever its commitment. */
@Injectable()
export class WrappedSol {
  private readonly logger = new Logger(WrappedSol.name);
  private after = BEFORE_ALL;

  constructor(
    private readonly escrows: Escrows,
    private readonly collections: NewCollections,
    private readonly engine: OperationEngine,
    private readonly door: CollectDoor,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
  ) {}

  /** A hundred escrows a run, one page after the other and again from the first. @throws RpcUnavailableError */
  async run(): Promise<WrappedSolRun> {
    if (this.door.payer === null) return { looked: 0, begun: 0, failed: 0 };
    const page = await this.pageAfter(this.after);
    const amounts = await this.amountsOf(page.map(({ escrow }) => escrow));
    let [begun, failed] = [0, 0];
    for (const { commitmentId } of page.filter((_, index) => (amounts[index] ?? 0n) > 0n)) {
      try {
        if (await this.unwrap(commitmentId)) begun += 1;
      } catch (error) {
        failed += 1;
        this.logger.warn(`wrapped SOL of commitment ${commitmentId}: ${messageOf(error)}`);
      }
    }
    this.after = page[ESCROWS_A_RUN - 1]?.commitmentId ?? BEFORE_ALL;
    return { looked: page.length, begun, failed };
  }

  /**
   * Before the amounts of a failure are frozen: what is wrapped belongs to those who share in it.
   * @returns what it waits for; null when nothing is wrapped, or it was tried for long enough
   * @throws RpcUnavailableError
   */
  async beforeFreeze(commitmentId: string, effectiveAt: Date, now: Date): Promise<string | null> {
    if (this.door.payer === null || !stillWaits(effectiveAt, now)) return null;
    const found = await this.collections.continueOr(commitmentId, async () => {
      if ((await this.heldBy(await this.escrows.addressOf(commitmentId))) > 0n)
        await this.unwrap(commitmentId);
    });
    if (found === 'none') return null;
    if (found === 'done') return 'a last look at its wrapped SOL';
    return `its wrapped SOL, which is being unwrapped: ${found.waitingFor ?? found.status}`;
  }

  /** Lamports of wrapped SOL in the escrow's own account. @throws RpcUnavailableError */
  async heldBy(escrow: string): Promise<bigint> {
    return (await this.amountsOf([escrow]))[0] ?? 0n;
  }

  private amountsOf(escrows: readonly string[]): Promise<(bigint | null)[]> {
    const accounts = escrows.map((owner) => ({ address: wrappedSolAccountOf(owner), owner }));
    return this.chain.tokenAmounts(WRAPPED_SOL, accounts);
  }

  /** @returns whether an operation was begun */
  private async unwrap(commitmentId: string): Promise<boolean> {
    const operation = await this.collections.begin(commitmentId, 'unwrap');
    if (operation === null) return false;
    await this.engine.run(operation.id);
    return true;
  }

  private pageAfter(after: string): Promise<EscrowRow[]> {
    return this.transactions.manager.query<EscrowRow[]>(
      `SELECT commitment_id AS "commitmentId", address AS escrow FROM public.escrows
        WHERE commitment_id > $1 ORDER BY commitment_id LIMIT $2`,
      [after, ESCROWS_A_RUN],
    );
  }
}
