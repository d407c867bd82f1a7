import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { SignedBody } from '#src/common/input/fields.js';
import { PayoutActParams } from '#src/releases/payouts/act-params.dto.js';
import { PayoutDto } from '#src/releases/payouts/payouts.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const WITNESSES = ['all', 'one'] as const;

/** What an admin signs who has a payout decided that has vanished, or that cannot be decided. */
@ParamsOf('admin.payout.resolve')
export class ResolveActParams extends PayoutActParams {
  @ApiProperty({
    enum: WITNESSES,
    description: '`one`: those that answer suffice, 24 hours after the signing at the earliest.',
  })
  @IsIn(WITNESSES)
  readonly witnesses: (typeof WITNESSES)[number];
}

export class ResolvePayoutBody extends IntersectionType(
  SignedBody,
  PickType(ResolveActParams, ['witnesses'] as const),
) {}

export class WitnessDto {
  @ApiProperty({ description: 'Host of the endpoint.' })
  readonly endpoint: string;

  @ApiProperty({ description: 'Whose word it is: endpoints of one provider are one voice.' })
  readonly voice: string;

  @ApiProperty({ required: false, description: 'Why it said nothing; then no figure is there.' })
  readonly silence?: string;

  @ApiProperty({ required: false, description: 'Its finalized block height before the statuses were asked.' })
  readonly finalizedHeight?: number;

  @ApiProperty({ required: false, description: 'The same after them.' })
  readonly finalizedHeightAfter?: number;

  @ApiProperty({ required: false })
  readonly finalizedSlot?: number;

  @ApiProperty({ required: false, description: 'Where its history begins.' })
  readonly firstAvailableSlot?: number;

  @ApiProperty({ required: false, description: 'Slot of the bank that gave the statuses.' })
  readonly statusSlot?: number;

  @ApiProperty({
    required: false,
    description: 'canary, empty_block or none: what shows that this bank is young enough.',
  })
  readonly control?: string;

  @ApiProperty({
    required: false,
    description: 'absent, processed, confirmed or finalized, with the error if any.',
  })
  readonly status?: string;

  @ApiProperty({
    type: [String],
    required: false,
    description: 'Signatures whose transaction it shows all the same.',
  })
  readonly transactionsFound?: readonly string[];

  @ApiProperty({ required: false, description: 'It still calls the blockhash valid.' })
  readonly blockhashValid?: boolean;
}

export class ResolutionDto {
  @ApiProperty({
    enum: ['landed', 'dead', 'undecided'],
    description: '`dead`: it is paid again. `landed`: it is booked. `undecided`: nothing was changed.',
  })
  readonly outcome: 'landed' | 'dead' | 'undecided';

  @ApiProperty({ required: false, description: 'Why it is undecided.' })
  readonly reason?: string;

  @ApiProperty({ description: 'The transaction in question.' })
  readonly signature: string;

  @ApiProperty({ description: 'Every finalized height has to be more than 32 above it.' })
  readonly lastValidBlockHeight: number;

  @ApiProperty({ type: [WitnessDto] })
  readonly witnesses: readonly WitnessDto[];

  @ApiProperty({ type: PayoutDto })
  readonly payout: PayoutDto;
}
