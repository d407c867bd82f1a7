import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { FeeRoutingDto } from './fee-routing.dto.js';
import { FeeRoutings } from './fee-routings.service.js';

@ApiTags('commitments')
@Controller('commitments')
export class FeeRoutingController {
  constructor(private readonly routings: FeeRoutings) {}

  @Get(':id/fee-routing')
  @Endpoint({
    access: 'public',
    limit: 'read',
    errors: ['commitment_not_found', 'wrong_kind', 'rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'getFeeRouting',
    summary: 'Who earns the creator fees of the token, as the chain says now',
  })
  @ApiOkResponse({ type: FeeRoutingDto })
  async show(@Param('id', UuidPipe) id: string): Promise<FeeRoutingDto> {
    return this.routings.show(id);
  }
}
