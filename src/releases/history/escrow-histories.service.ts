import { Injectable } from '@nestjs/common';
import { type AddressTransaction, Chain, type HistoryCursor } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { inParallel } from '#src/common/in-parallel.js';
import { isUuid } from '#src/common/text/uuid.js';
import { signatureFact } from '#src/escrow/door/facts/facts.js';
import type { MarkedFact } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import {
  EscrowHistoryRepository,
  type EscrowMoment,
  type Outflow,
  type SameSignature,
  type Unopened,
} from './escrow-history.repository.js';
import { isPaymentOf, type OpenedTransaction } from './escrow-transaction.js';

/** How many transactions are asked for at a time. */
const WIDTH = 8;
const OPENED_AT_ONCE = 200;

/** What the chain tells of an escrow, read once: which transactions there are, and what each of them did. */
@Injectable()
export class EscrowHistories {
  constructor(
    private readonly chain: Chain,
    private readonly rows: EscrowHistoryRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes what is new: one page where little is.
   * @param isFull everything is read again, whatever was read before
   * @throws HistoryIncompleteError, SingleSourceError, RpcUnavailableError
   */
  async read(escrow: string, isFull = false): Promise<void> {
    const { manager } = this.transactions;
    const { madeAt, cursor: found } = await this.rows.begin(manager, escrow);
    const cursor = isFull ? null : await this.proven(escrow, found);
    const part = await this.chain.historySince(escrow, cursor, madeAt);
    if (part.entries.length === 0 && part.cursor?.signature === cursor?.signature) return;
    await this.transactions.run(async (inside) => {
      const now = this.clock.now();
      await this.rows.save(inside, escrow, part.entries, now);
      if (part.cursor === null) return;
      await this.rows.moveCursor(inside, escrow, part.cursor, now);
      await this.marks.make(inside, cursorFact(escrow, part.cursor));
    });
  }

  /** Not opened yet and not signed by this server, those that name a payout first; at most `limit`. */
  async foreign(escrow: string, limit: number): Promise<Unopened[]> {
    const { manager } = this.transactions;
    return (await this.unknown(await this.rows.unopened(manager, escrow, limit))).slice(0, limit);
  }

  /**
   * Asks for these transactions and notes what each did.
   * @throws RpcUnavailableError
   */
  async open(escrow: string, signatures: readonly string[]): Promise<void> {
    await inParallel(signatures, WIDTH, async (signature) => {
      const found = await this.chain.transactionOf(escrow, signature);
      // Finalized for one voice and not yet for the one that was asked: it is asked for again.
      if (found === null) return;
      const opened = { ...openedOf(found, escrow), blockTime: found.blockTime };
      await this.rows.open(this.transactions.manager, escrow, opened, this.clock.now());
    });
  }

  /** Successful transactions that the escrow has signed and this server has not, oldest first. */
  async unknownOutflows(escrow: string): Promise<Outflow[]> {
    return this.unknown(await this.rows.outflows(this.transactions.manager, escrow));
  }

  /** Those of them that pay no open payout: what does is taken up by that payout itself. */
  async unexplainedOutflows(escrow: string): Promise<Outflow[]> {
    return unexplained(await this.unknownOutflows(escrow));
  }

  /** Reads and opens everything that there is. @throws as `read` and `open` */
  async complete(escrow: string, isFull = false): Promise<void> {
    await this.read(escrow, isFull);
    const { manager } = this.transactions;
    for (let after = ''; ;) {
      const left = await this.rows.unopenedAfter(manager, escrow, after, OPENED_AT_ONCE);
      const last = left.at(-1);
      if (last === undefined) return;
      await this.open(escrow, left);
      after = last;
    }
  }

  /** Lamports that each escrow held after its slot, by its opened transactions. */
  async heldAt(moments: readonly EscrowMoment[]): Promise<Map<string, bigint>> {
    return this.rows.heldAt(this.transactions.manager, moments);
  }

  /** Those that have signed a transaction, whether the ledger knows it or not. */
  async withOutflows(escrows: readonly string[]): Promise<Set<string>> {
    return this.rows.withOutflows(this.transactions.manager, escrows);
  }

  private async unknown<T extends { readonly attempt: SameSignature | null }>(
    found: readonly T[],
  ): Promise<T[]> {
    const facts = found.flatMap(({ attempt }) => (attempt === null ? [] : [signatureFact(attempt)]));
    const unproven = await this.marks.unproven(this.transactions.manager, facts);
    const forged = new Set(unproven.map(({ id }) => id));
    return found.filter(({ attempt }) => attempt === null || forged.has(attempt.id));
  }

  /** A cursor that this server has not set is none: everything is read anew. */
  private async proven(escrow: string, cursor: HistoryCursor | null): Promise<HistoryCursor | null> {
    const { manager } = this.transactions;
    if (cursor === null || !(await this.marks.proves(manager, cursorFact(escrow, cursor)))) return null;
    return cursor;
  }
}

export function unexplained(found: readonly Outflow[]): Outflow[] {
  return found.filter(isUnexplained);
}

function isUnexplained(outflow: Outflow): boolean {
  const { payout } = outflow;
  return payout?.status !== 'pending' || !isPaymentOf(payout, outflow);
}

function cursorFact(escrow: string, { signature, before, slot }: HistoryCursor): MarkedFact {
  return { kind: 'history', id: escrow, facts: { signature, before, slot: slot.toString() } };
}

function openedOf(found: AddressTransaction, escrow: string): OpenedTransaction {
  const { transfer } = found;
  const isPayment = transfer !== null && transfer.source === escrow && isUuid(transfer.memo);
  return {
    signature: found.signature,
    slot: found.slot,
    failed: found.failed,
    isSigner: found.isSigner,
    balanceBefore: found.balanceBefore,
    balanceAfter: found.balanceAfter,
    feeLamports: found.feePayer === escrow ? found.feeLamports : 0n,
    collectsFees: found.namesPump,
    unwraps: found.unwraps,
    payment: isPayment
      ? { payoutId: transfer.memo, destination: transfer.destination, lamports: transfer.lamports }
      : null,
  };
}
