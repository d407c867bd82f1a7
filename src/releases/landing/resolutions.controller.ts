import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import { PayoutResolutions } from './payout-resolutions.service.js';
import { ResolutionDto, type ResolveActParams, ResolvePayoutBody } from './resolutions.dto.js';

@ApiTags('payouts')
@Controller('admin/payouts')
export class ResolutionsController {
  constructor(private readonly resolutions: PayoutResolutions) {}

  @Post(':payoutId/resolve')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    act: 'admin.payout.resolve',
    body: ResolvePayoutBody,
    limit: 'admin',
    audit: 'admin_payout_resolve',
    errors: ['payout_not_found', 'nothing_to_resolve', 'one_witness_too_early', 'rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'resolvePayout',
    summary: 'Runs the proof for a payout that nobody could decide, with every witness',
  })
  @ApiOkResponse({ type: ResolutionDto })
  async resolve(@CurrentAct() act: AdminAct<ResolveActParams>): Promise<ResolutionDto> {
    return this.resolutions.resolve(act);
  }
}
