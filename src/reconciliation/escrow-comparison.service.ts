import { Injectable } from '@nestjs/common';
import { Chain, WRAPPED_SOL } from '#src/chain/port/chain.js';
import { wrappedSolAccountOf } from '#src/chain/signing/unwrap-transaction.js';
import { Transactions } from '#src/common/database/transactions.js';
import { inParallel } from '#src/common/in-parallel.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import { UnknownOutflows } from '#src/releases/history/unknown-outflows.service.js';
import { balanceState, isFinding, type ReconciliationLine } from './reconciliation.js';
import {
  type Before,
  type EscrowRow,
  ReconciliationRepository,
  type Scope,
} from './reconciliation.repository.js';

/** As many accounts as one call reads. */
const CHUNK = 100;
/** How many escrows' histories are read at a time. */
const WIDTH = 4;

interface Read {
  readonly row: EscrowRow;
  readonly chain: bigint;
  readonly slot: bigint;
}

/** Each escrow: what it holds, beside what its own transactions say it holds, both at one finalized slot. */
@Injectable()
export class EscrowComparison {
  constructor(
    private readonly chain: Chain,
    private readonly rows: ReconciliationRepository,
    private readonly histories: EscrowHistories,
    private readonly outflows: UnknownOutflows,
    private readonly transactions: Transactions,
  ) {}

  /** @throws RpcUnavailableError, SingleSourceError, HistoryIncompleteError */
  async run(scope: Scope, before: ReadonlyMap<string, Before>): Promise<ReconciliationLine[]> {
    const escrows = await this.rows.escrows(this.transactions.manager, scope);
    const lines: ReconciliationLine[] = [];
    for (let start = 0; start < escrows.length; start += CHUNK) {
      const read = await this.read(escrows.slice(start, start + CHUNK));
      const held = await this.held(read, scope);
      lines.push(...read.map((one) => this.compare(one, held, before)));
      lines.push(...(await this.unknown(read)), ...(await this.wrapped(read)));
    }
    return lines.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  }

  private async read(rows: readonly EscrowRow[]): Promise<Read[]> {
    const balances = await this.chain.finalizedBalances(rows.map(({ escrow }) => escrow));
    return rows.map((row, index) => ({
      row,
      chain: balances[index]?.lamports ?? 0n,
      slot: balances[index]?.slot ?? 0n,
    }));
  }

  /** Wrapped SOL is no lamport of the escrow itself: a line of its own where there is any. */
  private async wrapped(read: readonly Read[]): Promise<ReconciliationLine[]> {
    const accounts = read.map(({ row: { escrow } }) => ({
      address: wrappedSolAccountOf(escrow),
      owner: escrow,
    }));
    const amounts = await this.chain.tokenAmounts(WRAPPED_SOL, accounts);
    return read.flatMap(({ row: { commitmentId } }, index) => {
      const [amount, account] = [amounts[index] ?? 0n, accounts[index]];
      if (amount === 0n || account === undefined) return [];
      const { address: subject, owner } = account;
      const detail = `wrapped SOL of escrow ${owner}`;
      const line = { commitmentId, subject, state: 'wrapped', detail } as const;
      return [{ ...line, ledgerLamports: amount, chainLamports: amount, isFinding: false }];
    });
  }

  /** By its history, which is read only where what is known of it does not explain the balance. */
  private async held(read: readonly Read[], { isFull }: Scope): Promise<Map<string, bigint>> {
    const moments = read.map(({ row: { escrow }, slot }) => ({ escrow, slot }));
    const known = await this.histories.heldAt(moments);
    const unclear = read.filter(({ row, chain }) => isFull || known.get(row.escrow) !== chain);
    if (unclear.length === 0) return known;
    await inParallel(unclear, WIDTH, ({ row }) => this.histories.complete(row.escrow, isFull));
    return this.histories.heldAt(moments);
  }

  private compare(
    { row, chain, slot }: Read,
    held: ReadonlyMap<string, bigint>,
    before: ReadonlyMap<string, Before>,
  ): ReconciliationLine {
    const { escrow, commitmentId, isOpen, promised } = row;
    const ledger = held.get(escrow) ?? 0n;
    const line = {
      commitmentId,
      subject: escrow,
      state: balanceState({ isOpen, promised, ledger, chain }),
      ledgerLamports: ledger,
      chainLamports: chain,
      detail: `promised ${promised}, at slot ${slot}`,
    };
    return { ...line, isFinding: isFinding(line, before.get(escrow)) };
  }

  private async unknown(read: readonly Read[]): Promise<ReconciliationLine[]> {
    const signers = await this.histories.withOutflows(read.map(({ row }) => row.escrow));
    const lines: ReconciliationLine[] = [];
    await inParallel(
      read.filter(({ row }) => signers.has(row.escrow)),
      WIDTH,
      async ({ row }) => {
        lines.push(...(await this.unknownOf(row)));
      },
    );
    return lines;
  }

  private async unknownOf({ commitmentId, escrow }: EscrowRow): Promise<ReconciliationLine[]> {
    const found = await this.histories.unexplainedOutflows(escrow);
    const detail = await this.outflows.stop({ commitmentId, escrow }, found);
    if (detail === null) return [];
    const open = found.filter(({ pause }) => pause !== 'ended_by_admin');
    return open.map(({ signature }) => ({
      commitmentId,
      subject: signature,
      state: 'unknown_outflow',
      ledgerLamports: 0n,
      chainLamports: 0n,
      isFinding: true,
      detail,
    }));
  }
}
