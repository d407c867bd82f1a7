import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { AuditKeysDto } from './audit-key.dto.js';
import { AuditKeys } from './audit-keys.service.js';

@ApiTags('operations')
@Controller('audit-key')
export class AuditKeyController {
  constructor(private readonly keys: AuditKeys) {}

  @Get()
  @Endpoint({ access: 'public', limit: 'read' })
  @ApiOperation({
    operationId: 'listAuditKeys',
    summary: 'The public keys of the audit log’s seals, present and earlier ones',
  })
  @ApiOkResponse({ type: AuditKeysDto })
  async list(): Promise<AuditKeysDto> {
    return this.keys.list();
  }
}
