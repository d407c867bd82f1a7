import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { SignedBody } from '#src/common/input/fields.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { MilestoneCompletion } from './milestone-completion.service.js';

@ApiTags('milestones')
@Controller('commitments/:id/milestones/:milestoneId')
export class MilestoneCompletionController {
  constructor(private readonly completion: MilestoneCompletion) {}

  @Post('complete')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'milestone_complete',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'not_the_creator',
      'commitment_not_found',
      'milestone_not_found',
      'wrong_kind',
      'already_completed',
      'already_failing',
      'already_resolved',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'completeMilestone',
    summary: 'The creator attests that a milestone is done; holders may approve it from then on',
  })
  @ApiOkResponse({ type: CommitmentDto })
  async complete(
    @Param('id', UuidPipe) commitmentId: string,
    @Param('milestoneId', UuidPipe) milestoneId: string,
    @Body() body: SignedBody,
  ): Promise<CommitmentDto> {
    return this.completion.complete(commitmentId, milestoneId, body);
  }
}
