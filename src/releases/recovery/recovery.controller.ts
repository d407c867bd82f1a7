import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { RecoveryBody, RecoveryDto } from './recovery.dto.js';
import { Recovery } from './recovery.service.js';

@ApiTags('operations')
@Controller('admin/recoveries')
export class RecoveryController {
  constructor(private readonly recovery: Recovery) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_recover',
    errors: ['commitment_not_found', 'invalid_cursor', 'rpc_unavailable', 'history_incomplete'],
  })
  @ApiOperation({
    operationId: 'recoverPayouts',
    summary: 'After a restore: books what escrows have paid and the ledger has lost; pays nothing',
  })
  @ApiOkResponse({ type: RecoveryDto })
  async run(@Body() body: RecoveryBody): Promise<RecoveryDto> {
    return this.recovery.run(body);
  }
}
