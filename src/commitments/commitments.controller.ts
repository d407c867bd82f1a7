import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Endpoint, LARGEST_BODY } from '../common/endpoint.js';
import { SignedBody } from '../common/http/fields.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { ApiPage, type Page } from '../common/pages.js';
import { AttestationService } from './attestation.service.js';
import { CommitmentDto, CommitmentsQuery, CreatedCommitmentDto } from './commitments.dto.js';
import { CommitmentsService } from './commitments.service.js';
import { CreateCommitmentService } from './create-commitment.service.js';
import { type CreationBody, PersonalCreationBody, RewardCreationBody } from './creation.dto.js';
import { CreationPipe } from './creation.pipe.js';

const CREATION_SCHEMA = {
  oneOf: [{ $ref: getSchemaPath(PersonalCreationBody) }, { $ref: getSchemaPath(RewardCreationBody) }],
  discriminator: {
    propertyName: 'kind',
    mapping: {
      personal: getSchemaPath(PersonalCreationBody),
      creator_reward: getSchemaPath(RewardCreationBody),
    },
  },
};

@ApiTags('commitments')
@Controller('commitments')
export class CommitmentsController {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly creation: CreateCommitmentService,
    private readonly attestation: AttestationService,
  ) {}

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
      'destination_not_payable',
      'custody_unavailable',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({ summary: 'Creates a commitment and its escrow, from the wallet signature over the terms' })
  @ApiExtraModels(PersonalCreationBody, RewardCreationBody)
  @ApiBody({ schema: CREATION_SCHEMA })
  @ApiCreatedResponse({ type: CreatedCommitmentDto })
  async create(@Body(CreationPipe) body: CreationBody): Promise<CreatedCommitmentDto> {
    return this.creation.create(body);
  }

  @Get()
  @Endpoint({ access: 'public', limit: 'read', errors: ['invalid_cursor'] })
  @ApiOperation({ summary: 'Commitments, newest first' })
  @ApiPage(CommitmentDto)
  async list(@Query() query: CommitmentsQuery): Promise<Page<CommitmentDto>> {
    return this.commitments.list(query);
  }

  @Get(':id')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found'] })
  @ApiOperation({ summary: 'One commitment, with its terms, escrow and milestones' })
  @ApiOkResponse({ type: CommitmentDto })
  async show(@Param('id', UuidPipe) id: string): Promise<CommitmentDto> {
    return this.commitments.show(id);
  }

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
  @ApiOperation({ summary: 'The authority attests completion, before the deadline' })
  @ApiOkResponse({ type: CommitmentDto })
  async attest(@Param('id', UuidPipe) id: string, @Body() body: SignedBody): Promise<CommitmentDto> {
    return this.attestation.attest(id, body);
  }
}
