import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import { tooManyUnfunded } from '#src/commitments/commitment/commitment.errors.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import { Escrows } from '#src/escrow/escrows.service.js';

/** Balances that one call reads. */
const BATCH = 100;

/** Keeps a wallet from opening any number of commitments that it never funds. */
@Injectable()
export class UnfundedCap {
  constructor(
    private readonly repository: CommitmentRepository,
    private readonly escrows: Escrows,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
  ) {}

  /**
   * Open commitments of the wallet that hold something. A wallet's first one costs no call.
   * @throws DomainError `rpc_unavailable`
   */
  async fundedOf(wallet: string): Promise<string[]> {
    const open = await this.repository.findOpenIds(this.transactions.manager, wallet);
    const escrows = [...(await this.escrows.findMany(open)).values()];
    const funded: string[] = [];
    for (let from = 0; from < escrows.length; from += BATCH) {
      const batch = escrows.slice(from, from + BATCH);
      const balances = await this.chain.shownBalances(batch.map(({ address }) => address));
      funded.push(
        ...batch
          .filter((_, index) => (balances[index]?.lamports ?? 0n) > 0n)
          .map(({ commitmentId }) => commitmentId),
      );
    }
    return funded;
  }

  /**
   * In the creating transaction, before the row is written: of many requests each sees those before it.
   * @throws DomainError `too_many_unfunded`
   */
  async require(manager: EntityManager, wallet: string, funded: readonly string[]): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`unfunded ${wallet}`]);
    const open = await this.repository.findOpenIds(manager, wallet);
    const unfunded = open.filter((id) => !funded.includes(id));
    if (unfunded.length >= this.most) throw tooManyUnfunded(wallet, this.most);
  }

  private get most(): number {
    return this.settings.env.MAX_UNFUNDED_COMMITMENTS;
  }
}
