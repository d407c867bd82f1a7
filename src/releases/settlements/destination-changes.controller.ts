import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import {
  DestinationChangeBody,
  DestinationChangeDto,
  type DestinationChangeParams,
} from './destination-changes.dto.js';
import { DestinationChanges } from './destination-changes.service.js';

@ApiTags('payouts')
@Controller('commitments')
export class DestinationChangesController {
  constructor(private readonly changes: DestinationChanges) {}

  @Post(':id/destination-changes')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    act: 'admin.destination.change',
    body: DestinationChangeBody,
    limit: 'admin',
    audit: 'admin_destination_change',
    errors: [
      'commitment_not_found',
      'destination_payable',
      'destination_not_payable',
      'signing_refused',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'changeDestination',
    summary: 'Names who is paid instead of a destination that cannot be paid any more',
    description:
      'Two different admins sign the same. What stands in the signed terms counts again as soon as it can be paid. ' +
      'Never an admin, the wallet that has committed, or an escrow.',
  })
  @ApiOkResponse({ type: DestinationChangeDto })
  async change(@CurrentAct() act: AdminAct<DestinationChangeParams>): Promise<DestinationChangeDto> {
    return this.changes.change(act);
  }
}
