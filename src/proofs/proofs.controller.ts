import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { PageQuery } from '#src/common/pages.js';
import { ProofDto } from './proofs.dto.js';
import { Proofs } from './proofs.service.js';

@ApiTags('commitments')
@Controller('commitments/:id/proof')
export class ProofsController {
  constructor(private readonly proofs: Proofs) {}

  @Get()
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found', 'invalid_cursor'] })
  @ApiOperation({
    operationId: 'getProof',
    summary: 'Everything needed to check a commitment without this service; verifier/ does it',
  })
  @ApiOkResponse({ type: ProofDto })
  async show(@Param('id', UuidPipe) id: string, @Query() query: PageQuery): Promise<ProofDto> {
    return this.proofs.page(id, query);
  }
}
