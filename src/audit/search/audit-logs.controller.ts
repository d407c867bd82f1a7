import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiPage, type Page } from '#src/common/pages.js';
import { AuditFilterQuery, AuditLogDto, AuditLogQuery } from './audit-logs.dto.js';
import { AuditLogs } from './audit-logs.service.js';

@ApiTags('operations')
@Controller('admin')
export class AuditLogsController {
  constructor(private readonly logs: AuditLogs) {}

  @Get('audit-logs')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_audit_logs', errors: ['invalid_cursor'] })
  @ApiOperation({ operationId: 'listAuditLogs', summary: 'The audit log, newest first' })
  @ApiPage(AuditLogDto)
  async list(@Query() query: AuditLogQuery): Promise<Page<AuditLogDto>> {
    return this.logs.list(query);
  }

  @Get('audit-logs.csv')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_audit_logs' })
  @ApiOperation({ operationId: 'exportAuditLogsCsv', summary: 'All matching rows as CSV, oldest first' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'RFC 4180', schema: { type: 'string' } })
  async csv(@Query() query: AuditFilterQuery): Promise<StreamableFile> {
    return this.logs.csv(query);
  }

  @Get('audit-logs.ndjson')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_audit_logs' })
  @ApiOperation({
    operationId: 'exportAuditLogsNdjson',
    summary: 'All matching rows as JSON lines, oldest first; unfiltered with their seals',
  })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ description: 'One JSON object a line', schema: { type: 'string' } })
  async ndjson(@Query() query: AuditFilterQuery): Promise<StreamableFile> {
    return this.logs.ndjson(query);
  }
}
