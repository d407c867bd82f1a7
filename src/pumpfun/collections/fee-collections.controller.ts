import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import { PumpOperationDto } from '#src/pumpfun/operations/pump-operation.dto.js';
import { FeeCollections } from './fee-collections.service.js';

@ApiTags('pump.fun')
@Controller('commitments')
export class FeeCollectionsController {
  constructor(private readonly collections: FeeCollections) {}

  @Get(':id/fee-collections')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found', 'invalid_cursor'] })
  @ApiOperation({
    operationId: 'listFeeCollections',
    summary: 'Creator fees collected, and wrapped SOL unwrapped, into the escrow; newest first',
  })
  @ApiPage(PumpOperationDto)
  async list(@Param('id', UuidPipe) id: string, @Query() query: PageQuery): Promise<Page<PumpOperationDto>> {
    return this.collections.list(id, query);
  }
}
