import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { IfGiven } from '#src/common/input/fields.js';

export class NormalizeRewardsBody {
  @ApiProperty({ format: 'uuid', required: false, description: 'Only milestones of this commitment.' })
  @IfGiven()
  @IsUUID()
  readonly commitmentId?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500, default: 100, required: false })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(500)
  readonly limit: number = 100;
}

export class NormalizationDto {
  @ApiProperty({ type: 'integer', description: 'Milestones that this run looked at.' })
  readonly due: number;

  @ApiProperty({ type: 'integer', description: 'Claimable from now on.' })
  readonly unlocked: number;

  @ApiProperty({ type: 'integer', description: 'Re-weighed below the threshold.' })
  readonly held: number;

  @ApiProperty({ type: 'integer', description: 'Could not be weighed; the next run tries again.' })
  readonly errors: number;
}
