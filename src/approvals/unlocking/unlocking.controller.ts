import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { Normalization } from './normalization.service.js';
import { NormalizationDto, NormalizeRewardsBody } from './unlocking.dto.js';

@ApiTags('milestones')
@Controller('admin/normalize-rewards')
export class UnlockingController {
  constructor(private readonly normalization: Normalization) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'admin_or_cron',
    limit: 'admin',
    audit: 'admin_normalize_rewards',
    errors: ['commitment_not_found', 'rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'normalizeRewards',
    summary: 'Weighs the approvals of due milestones again and unlocks those that hold',
  })
  @ApiOkResponse({ type: NormalizationDto })
  async normalize(@Body() body: NormalizeRewardsBody): Promise<NormalizationDto> {
    return this.normalization.normalize(body);
  }
}
