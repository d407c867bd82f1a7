import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint, LARGEST_BODY } from '#src/common/endpoint.js';
import { CreatedCommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { CreateCommitment } from './create-commitment.service.js';
import { type CreationBody, CreationBodyDto } from './creation.dto.js';
import { CreationPipe } from './creation.pipe.js';

@ApiTags('commitments')
@Controller('commitments')
export class CreationController {
  constructor(private readonly creation: CreateCommitment) {}

  @Post()
  @Endpoint({
    access: 'signed',
    limit: 'create',
    audit: 'commitment_create',
    bodyLimit: LARGEST_BODY,
    idempotent: true,
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'terms_changed',
      'signature_used',
      'not_token_authority',
      'mintable_token',
      'amount_below_minimum',
      'too_many_unfunded',
      'token_not_supported',
      'destination_not_payable',
      'custody_unavailable',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'createCommitment',
    summary: 'Creates a commitment and its escrow, from the wallet signature over the terms',
  })
  @ApiBody({ type: CreationBodyDto })
  @ApiCreatedResponse({ type: CreatedCommitmentDto })
  async create(@Body(CreationPipe) body: CreationBody): Promise<CreatedCommitmentDto> {
    return this.creation.create(body);
  }
}
