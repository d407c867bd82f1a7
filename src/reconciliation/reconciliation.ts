/** Pure rules of reconciliation: what a line says, and when a difference is a finding. */

export const RECONCILIATION_KINDS = ['escrow_balances', 'admin_actions'] as const;
export type ReconciliationKind = (typeof RECONCILIATION_KINDS)[number];

export const LINE_STATES = [
  'funded',
  'underfunded',
  'overfunded',
  'stray',
  'empty',
  'wrapped',
  'drift',
  'unknown_outflow',
  'matched',
  'under_way',
  'payout_missing',
  'altered',
  'unauthorised',
  'not_on_chain',
  'mismatch',
] as const;
export type LineState = (typeof LINE_STATES)[number];

/** One thing that was compared. Amounts in lamports. */
export interface ReconciliationLine {
  readonly commitmentId: string | null;
  /** The escrow, the payout or the transaction. */
  readonly subject: string;
  readonly state: LineState;
  readonly ledgerLamports: bigint;
  readonly chainLamports: bigint;
  readonly isFinding: boolean;
  readonly detail: string | null;
}

export interface ComparedEscrow {
  readonly isOpen: boolean;
  /** What it should hold: the promised amount, or all that is neither released nor forfeited; 0 where it is settled. */
  readonly promised: bigint;
  /** What follows from all of its transactions. */
  readonly ledger: bigint;
  readonly chain: bigint;
}

export function balanceState({ isOpen, promised, ledger, chain }: ComparedEscrow): LineState {
  if (ledger !== chain) return 'drift';
  if (!isOpen) return chain > promised ? 'stray' : chain === 0n ? 'empty' : 'funded';
  if (chain === promised) return 'funded';
  return chain < promised ? 'underfunded' : 'overfunded';
}

/** What may be wrong for the moment only, because two sides were read one after the other: a finding when it lasts two runs. */
const HEALS: readonly LineState[] = ['drift', 'not_on_chain'];
const ALWAYS: readonly LineState[] = [
  'unknown_outflow',
  'payout_missing',
  'altered',
  'unauthorised',
  'mismatch',
];

/** @param before the line about the same subject in the run before */
export function isFinding(
  now: Pick<ReconciliationLine, 'state' | 'ledgerLamports' | 'chainLamports'>,
  before: Pick<ReconciliationLine, 'state' | 'ledgerLamports' | 'chainLamports'> | undefined,
): boolean {
  if (ALWAYS.includes(now.state)) return true;
  if (!HEALS.includes(now.state) || before?.state !== now.state) return false;
  return before.chainLamports - before.ledgerLamports === now.chainLamports - now.ledgerLamports;
}

/** An admin's decision as the log tells it, the payout as the ledger has it, and the transaction as the chain shows it. */
export interface ComparedAction {
  readonly told: { readonly destination: string | null; readonly lamports: bigint | null };
  readonly payout: {
    readonly id: string;
    readonly destination: string;
    readonly lamports: bigint;
    readonly drain: boolean;
    readonly isPaid: boolean;
    /** Whether it is what this server has decided. */
    readonly isProven: boolean;
  } | null;
  readonly transaction: {
    readonly payoutId: string | null;
    readonly destination: string | null;
    readonly lamports: bigint | null;
    readonly failed: boolean;
  } | null;
}

export function actionState({ told, payout, transaction }: ComparedAction): LineState {
  if (payout === null) return 'payout_missing';
  if (!payout.isProven || (told.destination !== null && told.destination !== payout.destination))
    return 'altered';
  if (!payout.drain && told.lamports !== null && told.lamports !== payout.lamports) return 'altered';
  if (!payout.isPaid) return 'under_way';
  if (transaction === null) return 'not_on_chain';
  const { payoutId, destination, lamports, failed } = transaction;
  const isPaid = !failed && payoutId === payout.id && destination === payout.destination;
  return isPaid && lamports === payout.lamports ? 'matched' : 'mismatch';
}

export interface Totals {
  readonly lines: number;
  readonly findings: number;
  readonly ledgerLamports: bigint;
  readonly chainLamports: bigint;
}

export function totalsOf(lines: readonly ReconciliationLine[]): Totals {
  const sum = (of: (line: ReconciliationLine) => bigint) => lines.reduce((all, line) => all + of(line), 0n);
  return {
    lines: lines.length,
    findings: lines.filter((line) => line.isFinding).length,
    ledgerLamports: sum((line) => line.ledgerLamports),
    chainLamports: sum((line) => line.chainLamports),
  };
}
