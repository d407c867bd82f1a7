import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { SignedBody } from '#src/common/input/fields.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import { SignalDto, SignalledDto } from './signals.dto.js';
import { Signals } from './signals.service.js';

@ApiTags('milestones')
@Controller('commitments/:id/milestones/:milestoneId')
export class SignalsController {
  constructor(private readonly signals: Signals) {}

  @Post('signal')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'milestone_signal',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'commitment_not_found',
      'milestone_not_found',
      'already_resolved',
      'not_completed',
      'already_unlocked',
      'already_failing',
      'not_eligible',
      'not_a_holder',
      'holding_below_minimum',
      'token_changed',
      'supply_grown',
      'price_unavailable',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'signalMilestone',
    summary: "A holder of the token approves a milestone, with its holding's weight",
  })
  @ApiOkResponse({
    type: SignalledDto,
    description: 'Recorded, now or at an earlier request of this wallet.',
  })
  async signal(
    @Param('id', UuidPipe) id: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @Body() body: SignedBody,
  ): Promise<SignalledDto> {
    return this.signals.signal(id, milestoneId, body);
  }

  @Get('signals')
  @Endpoint({
    access: 'public',
    limit: 'read',
    errors: ['commitment_not_found', 'milestone_not_found', 'invalid_cursor'],
  })
  @ApiOperation({
    operationId: 'listMilestoneSignals',
    summary: 'The approvals of a milestone with their weights, newest first',
  })
  @ApiPage(SignalDto)
  async list(
    @Param('id', UuidPipe) id: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @Query() query: PageQuery,
  ): Promise<Page<SignalDto>> {
    return this.signals.list(id, milestoneId, query);
  }
}
