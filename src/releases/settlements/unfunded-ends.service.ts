import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Chain, type ChainTime } from '#src/chain/port/chain.js';
import { isChainTrouble } from '#src/chain/port/chain.errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';

/** Balances that one call reads. */
const BATCH = 100;

/** Ends commitments that nobody has ever funded, many at once: making them is free, so ending them has to be cheap. */
@Injectable()
export class UnfundedEnds {
  constructor(
    private readonly chain: Chain,
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly transactions: Transactions,
    private readonly audit: PayoutAudit,
  ) {}

  /**
   * Those of them whose escrow is empty by equal readings of banks at least as young as the one whose clock decides. What cannot
   * be read like that is not among them.
   */
  async findAmong(due: readonly Commitment[], now: ChainTime): Promise<Commitment[]> {
    const unattested = due.filter(({ attestedAt }) => attestedAt === null);
    const found: Commitment[] = [];
    for (const batch of batches(unattested)) {
      const balances = await this.read(await this.addressesOf(batch), now.slot);
      found.push(...batch.filter((_, index) => balances?.[index]?.lamports === 0n));
    }
    return found;
  }

  /** @returns those that were ended: an attestation that came in meanwhile, or a decision, counts. */
  async end(unfunded: readonly Commitment[], now: ChainTime): Promise<Commitment[]> {
    const ended: Commitment[] = [];
    for (const batch of batches(unfunded)) {
      const ids = await this.transactions.run((manager) => this.endBatch(manager, batch, now));
      ended.push(...batch.filter(({ id }) => ids.has(id)));
    }
    return ended;
  }

  private async endBatch(
    manager: EntityManager,
    batch: readonly Commitment[],
    { unixSeconds }: ChainTime,
  ): Promise<Set<string>> {
    const ids = batch.map(({ id }) => id);
    const ended = new Set(await this.commitments.endUnfunded(manager, ids, new Date(unixSeconds * 1000)));
    const addresses = await this.addressesOf(batch);
    for (const [index, { id, destinationOnFail }] of batch.entries()) {
      if (!ended.has(id)) continue;
      const nothing = { source: addresses[index] ?? '', destination: destinationOnFail, amountLamports: 0n };
      const payout = { commitmentId: id, subjectId: null, ...nothing };
      await this.audit.decided(manager, 'commitment_failure_ok', payout, { fundedLamports: 0 });
    }
    return ended;
  }

  private async read(addresses: readonly string[], slot: bigint) {
    try {
      return await this.chain.equalBalances(addresses, slot);
    } catch (error) {
      if (isChainTrouble(error)) return null;
      throw error;
    }
  }

  private async addressesOf(commitments: readonly Commitment[]): Promise<string[]> {
    const escrows = await this.escrows.findMany(commitments.map(({ id }) => id));
    return commitments.map(({ id }) => escrows.get(id)?.address ?? id);
  }
}

function batches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / BATCH);
  return Array.from({ length: count }, (_, nth) => items.slice(nth * BATCH, (nth + 1) * BATCH));
}
