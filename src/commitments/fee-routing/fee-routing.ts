/** Pure rule: who earns the creator fees of a coin of pump.fun? */
import type { PumpCoin } from '#src/chain/port/pump-coin.js';

export const ROUTING_ANSWERS = ['yes', 'partly', 'no', 'unknown'] as const;
export type RoutingAnswer = (typeof ROUTING_ANSWERS)[number];

export const ROUTING_REASONS = [
  'not_a_pump_coin',
  'unknown_layout',
  'other_currency',
  'graduating',
  'cashback',
  'holder_rewards',
  'sharing_inactive',
  'sharing',
  'escrow_is_creator',
  'other_creator',
] as const;
export type RoutingReason = (typeof ROUTING_REASONS)[number];

/** Whether the creator fees of a mint reach one wallet, and what could change that. */
export interface FeeRouting {
  readonly answer: RoutingAnswer;
  readonly reason: RoutingReason;
  /** Basis points of the fees that reach the wallet; 0 where it is unknown. */
  readonly bps: number;
  /** Whom curve or pool names as creator; null where nobody is named or it is unknown. */
  readonly earner: string | null;
  /** Nobody can change it any more, pump.fun included. */
  readonly locked: boolean;
  /** Who may change the shares; null where there are none, or nobody may. */
  readonly admin: string | null;
}

const ALL_BPS = 10_000;

/** @param escrow the wallet that is to earn them */
export function feeRouting(coin: PumpCoin, escrow: string): FeeRouting {
  const { curve, pool } = coin;
  if (coin.problem !== null) return of('unknown', 'unknown_layout', null);
  if (curve === null) return of('no', 'not_a_pump_coin', null);
  if (!curve.isTradedForSol) return of('no', 'other_currency', curve.creator);
  // After the graduation only the pool's creator earns; until the pool is there nobody can tell who that will be.
  if (pool === null && curve.complete) return of('unknown', 'graduating', curve.creator);
  const earner = (pool ?? curve).creator;
  if (curve.cashback || pool?.cashback === true) return of('no', 'cashback', earner, true);
  const isForHolders = curve.holderReward || pool?.holderReward === true;
  if (isForHolders || earner === coin.holderRewardsAddress) return of('no', 'holder_rewards', earner, true);
  if (earner === coin.sharingAddress) return shared(coin, escrow, earner);
  return earner === escrow ? of('yes', 'escrow_is_creator', earner) : of('no', 'other_creator', earner);
}

/**
 * Whether the fees could still be routed to a wallet that does not exist yet.
 * @returns why not, for a person; null when they could
 */
export function unmanageable(coin: PumpCoin): string | null {
  const { reason, locked } = feeRouting(coin, '');
  switch (reason) {
    case 'not_a_pump_coin':
      return 'it is no coin of pump.fun, which alone has creator fees';
    case 'unknown_layout':
      return coin.problem;
    case 'other_currency':
      return `its fees come in ${coin.curve?.quoteMint ?? 'another token'}, not in SOL`;
    case 'cashback':
      return 'its fees go to those who trade it';
    case 'holder_rewards':
      return 'its fees go to its holders, for good';
    case 'sharing':
    case 'sharing_inactive':
      return locked ? 'its fees are shared, and nobody can change the shares any more' : null;
    case 'graduating':
    case 'escrow_is_creator':
    case 'other_creator':
      return null;
  }
}

function shared({ sharing }: PumpCoin, escrow: string, earner: string): FeeRouting {
  if (sharing === null) return of('unknown', 'sharing_inactive', earner);
  const { active, locked, admin, shareholders } = sharing;
  if (!active) return { ...of('unknown', 'sharing_inactive', earner, locked), admin };
  const bps = shareholders
    .filter(({ address }) => address === escrow)
    .reduce((sum, share) => sum + share.bps, 0);
  const answer = bps === 0 ? 'no' : bps === ALL_BPS ? 'yes' : 'partly';
  return { answer, reason: 'sharing', bps, earner, locked, admin };
}

function of(answer: RoutingAnswer, reason: RoutingReason, earner: string | null, locked = false): FeeRouting {
  return { answer, reason, bps: answer === 'yes' ? ALL_BPS : 0, earner, locked, admin: null };
}

export function hasChanged(before: FeeRouting, now: FeeRouting): boolean {
  const members = ['answer', 'reason', 'bps', 'earner', 'locked', 'admin'] as const;
  return members.some((member) => before[member] !== now[member]);
}

/** Whether less is known to reach the escrow than before, or less surely. */
export function isLess(before: FeeRouting, now: FeeRouting): boolean {
  return now.bps < before.bps || (before.bps > 0 && before.locked && !now.locked);
}
