import type { ParamsOf } from '#client';

type Terms = ParamsOf<'commitment.create'>;

const LAMPORTS_PER_SOL = 1_000_000_000n;

/** The exact lamports of "1.5" SOL. @throws Error in words for whoever has typed it */
export function lamportsOf(text: string): number {
  const [, whole = '', fraction = ''] = /^\s*(\d{1,9})(?:\.(\d{1,9}))?\s*$/.exec(text) ?? [];
  if (whole === '')
    throw new Error(`"${text}" is no amount of SOL, such as 1.5, with at most nine decimals.`);
  const lamports = BigInt(whole) * LAMPORTS_PER_SOL + BigInt(fraction.padEnd(9, '0'));
  if (lamports === 0n || lamports > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Error(`${text} SOL is too ${lamports === 0n ? 'little' : 'much'}.`);
  return Number(lamports);
}

/** What the form holds, as typed. */
export interface Draft {
  readonly kind: Terms['kind'];
  readonly statement: string;
  readonly destinationOnFail: string;
  readonly amount: string;
  /** Of a datetime-local field: by the clock of the person. */
  readonly deadline: string;
  readonly tokenMint: string;
  readonly creatorFeeMode: 'assisted' | 'managed';
  readonly milestones: readonly { readonly title: string; readonly amount: string }[];
}

export const EMPTY: Draft = {
  kind: 'personal',
  statement: '',
  destinationOnFail: '',
  amount: '',
  deadline: '',
  tokenMint: '',
  creatorFeeMode: 'assisted',
  milestones: [{ title: '', amount: '' }],
};

/** @throws Error in words for whoever has typed it */
export function termsOf(draft: Draft): Terms {
  const { statement, destinationOnFail } = draft;
  const said = statement.trim() === '' ? {} : { statement: statement.trim() };
  const common = { ...said, destinationOnFail: destinationOnFail.trim() };
  if (draft.kind === 'personal') {
    const deadline = new Date(draft.deadline);
    if (Number.isNaN(deadline.getTime())) throw new Error('Choose a deadline.');
    const amountLamports = lamportsOf(draft.amount);
    return { ...common, kind: 'personal', amountLamports, deadline: deadline.toISOString() };
  }
  const milestones = draft.milestones.map(({ title, amount }) => ({
    title: title.trim(),
    unlockLamports: lamportsOf(amount),
  }));
  const { creatorFeeMode, tokenMint } = draft;
  return { ...common, kind: 'creator_reward', tokenMint: tokenMint.trim(), creatorFeeMode, milestones };
}
