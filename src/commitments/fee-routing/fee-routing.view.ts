import type { CreatorFeeMode } from '#src/commitments/commitment/terms.js';
import type { FeeRoutingDto, FeeRoutingSummaryDto } from './fee-routing.dto.js';
import type { FeeRouting } from './fee-routing.js';
import type { FeeRoutingReading } from './fee-routing-reading.entity.js';

/** What a routing was asked for. */
interface Subject {
  readonly commitmentId: string;
  readonly tokenMint: string;
  readonly creatorFeeMode: CreatorFeeMode;
  readonly escrow: string;
  readonly slot: bigint;
}

export function feeRoutingView({ slot, ...subject }: Subject, routing: FeeRouting): FeeRoutingDto {
  const { answer, reason, bps, earner, locked, admin } = routing;
  const found = { answer, reason, detail: detailOf(routing), bps, earner, locked, admin };
  return { ...subject, ...found, slot: Number(slot) };
}

export function feeRoutingSummary({
  answer,
  bps,
  locked,
  readAt,
}: Pick<FeeRoutingReading, 'answer' | 'bps' | 'locked' | 'readAt'>): FeeRoutingSummaryDto {
  return { answer, bps, locked, readAt: readAt.toISOString() };
}

function detailOf({ reason, bps, earner, locked, admin }: FeeRouting): string {
  const named = earner ?? 'nobody';
  switch (reason) {
    case 'not_a_pump_coin':
      return 'The token is no coin of pump.fun: it has no creator fees.';
    case 'unknown_layout':
      return 'pump.fun keeps this coin in a layout that this version cannot read. A newer version may.';
    case 'other_currency':
      return 'The coin is not traded for SOL, so its fees come in another token.';
    case 'graduating':
      return 'The curve is sold out and the pool is not there yet. Ask again in some minutes.';
    case 'cashback':
      return 'The fees go to those who trade the coin.';
    case 'holder_rewards':
      return 'The fees go to the holders of the coin, for good.';
    case 'sharing_inactive':
      return `The fees go to the sharing config ${named}, which is paused or missing.`;
    case 'sharing':
      return `The sharing config ${named} gives ${bps / 100} % to the escrow. ${
        locked ? 'Nobody can change that.' : `${admin ?? 'Its admin'} can change that.`
      }`;
    case 'escrow_is_creator':
      return 'pump.fun names the escrow as creator. pump.fun itself can name another one.';
    case 'other_creator':
      return `pump.fun names ${named} as creator, which is not the escrow.`;
  }
}
