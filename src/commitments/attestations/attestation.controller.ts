import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { SignedBody } from '#src/common/input/fields.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { Attestation } from './attestation.service.js';

@ApiTags('commitments')
@Controller('commitments')
export class AttestationController {
  constructor(private readonly attestation: Attestation) {}

  @Post(':id/attest')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'commitment_attest',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'not_the_authority',
      'commitment_not_found',
      'wrong_kind',
      'deadline_passed',
      'already_resolved',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'attestCommitment',
    summary: 'The authority attests completion, before the deadline',
  })
  @ApiOkResponse({ type: CommitmentDto })
  async attest(@Param('id', UuidPipe) id: string, @Body() body: SignedBody): Promise<CommitmentDto> {
    return this.attestation.attest(id, body);
  }
}
