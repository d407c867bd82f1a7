import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page } from '#src/common/pages.js';
import { CommitmentDto, CommitmentsQuery } from './commitments.dto.js';
import { Commitments } from './commitments.service.js';

@ApiTags('commitments')
@Controller('commitments')
export class CommitmentsController {
  constructor(private readonly commitments: Commitments) {}

  @Get()
  @Endpoint({ access: 'public', limit: 'read', errors: ['invalid_cursor'] })
  @ApiOperation({ operationId: 'listCommitments', summary: 'Commitments, newest first' })
  @ApiPage(CommitmentDto)
  async list(@Query() query: CommitmentsQuery): Promise<Page<CommitmentDto>> {
    return this.commitments.list(query);
  }

  @Get(':id')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found'] })
  @ApiOperation({
    operationId: 'getCommitment',
    summary: 'One commitment, with its terms, escrow and milestones',
  })
  @ApiOkResponse({ type: CommitmentDto })
  async show(@Param('id', UuidPipe) id: string): Promise<CommitmentDto> {
    return this.commitments.showPublic(id);
  }
}
