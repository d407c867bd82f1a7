import { balanceOf } from '../builders/wallets.js';
import { historyOf } from '../checks/payout-proof.js';
import type { CampaignWorld } from './campaign-world.js';
import { type Promised, UNLOCK } from './stories.js';

/** What one promise came to, in lamports; all of it read from the chain but for what is still owed. */
export interface Reckoned {
  readonly payouts: number;
  readonly attempts: number;
  readonly paid: bigint;
  readonly fees: bigint;
  readonly owed: bigint;
  readonly left: bigint;
  readonly wrong: readonly string[];
}

interface Row {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string | null;
  readonly status: string;
  readonly destination: string;
  readonly amount: string;
  readonly attempts: number;
}

/** Holds what the chain shows of an escrow against the ledger and against what was promised. */
export async function reckon(world: CampaignWorld, promised: Promised): Promise<Reckoned> {
  const rows = await world.query<Row>(
    `SELECT p.id, p.purpose, p.subject_id::text AS "subjectId", p.status, p.destination, p.amount_lamports::text AS amount,
            (SELECT count(*)::int FROM public.payout_attempts a WHERE a.payout_id = p.id) AS attempts
       FROM public.payouts p WHERE p.commitment_id = $1`,
    [promised.id],
  );
  const owed = await owedOf(world, promised, rows);
  const { incoming, outgoing, failed } = await historyOf(world.chain.rpcUrl, promised.escrow);
  const left = await balanceOf(world.chain.rpcUrl, promised.escrow);
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);
  const paid = sum(outgoing.map(({ lamports }) => lamports));
  const fees = sum([...outgoing, ...failed].map(({ feeLamports }) => feeLamports));
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) wrong.push(`${promised.kind} ${promised.id}: ${what}`);
  };
  const chain = outgoing.map(({ memo, to, lamports }) => `${memo} ${to} ${lamports}`).toSorted();
  const ledger = rows.map(({ id, destination, amount }) => `${id} ${destination} ${amount}`).toSorted();
  expect(
    String(chain) === String(ledger),
    `the chain shows [${String(chain)}], the ledger [${String(ledger)}]`,
  );
  expect(
    rows.every(({ status }) => status === 'finalized'),
    'a payout is not finalized',
  );
  const strangers = outgoing.filter(({ to }) => !promised.destinations.includes(to)).map(({ to }) => to);
  expect(strangers.length === 0, `paid to ${String(strangers)}, who was promised nothing`);
  expect(sum(incoming.map(({ lamports }) => lamports)) === promised.fundedLamports, 'another sum came in');
  expect(paid + fees + left === promised.fundedLamports, `${paid} paid, ${fees} of fees, ${left} left`);
  expect(left >= owed, `${owed} owed, and only ${left} left`);
  for (const milestoneId of promised.milestoneIds) {
    const its = rows.filter(({ subjectId }) => subjectId === milestoneId);
    expect(
      its.length === 1 && its[0]?.amount === String(UNLOCK),
      `milestone ${milestoneId} is paid ${its.length} times`,
    );
  }
  for (const wallet of promised.claimed) {
    const its = rows.filter(
      ({ purpose, destination }) => purpose === 'distribution_claim' && destination === wallet,
    );
    expect(its.length === 1, `the share of ${wallet} is paid ${its.length} times`);
  }
  const [commitment] = await world.query<{ status: string }>(
    'SELECT status FROM public.commitments WHERE id = $1',
    [promised.id],
  );
  expect(commitment?.status === promised.status, `it is ${commitment?.status}, not ${promised.status}`);
  const attempts = rows.reduce((all, row) => all + row.attempts, 0);
  return { payouts: rows.length, attempts, paid, fees, owed, left, wrong };
}

/** Shares that nobody has claimed yet. */
async function owedOf(world: CampaignWorld, { id, kind }: Promised, rows: readonly Row[]): Promise<bigint> {
  if (kind !== 'distribution') return 0n;
  const shares = await world.query<{ wallet: string; amount: string }>(
    'SELECT wallet, amount_lamports::text AS amount FROM public.failure_shares WHERE commitment_id = $1',
    [id],
  );
  const claimed = rows
    .filter(({ purpose }) => purpose === 'distribution_claim')
    .map(({ destination }) => destination);
  return shares
    .filter(({ wallet }) => !claimed.includes(wallet))
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}
