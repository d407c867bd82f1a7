import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import { ReconciliationBody, ReconciliationDto, ReconciliationRunDto } from './reconciliations.dto.js';
import { Reconciliations } from './reconciliations.service.js';

@ApiTags('operations')
@Controller('admin/reconciliations')
export class ReconciliationsController {
  constructor(private readonly reconciliations: Reconciliations) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'admin_or_cron',
    limit: 'admin',
    audit: 'admin_reconcile',
    idempotent: true,
    errors: ['commitment_not_found', 'rpc_unavailable', 'history_incomplete'],
  })
  @ApiOperation({
    operationId: 'startReconciliation',
    summary: 'Compares ledger and chain: what escrows hold, or what admins have decided',
  })
  @ApiOkResponse({ type: ReconciliationDto })
  async start(@Body() body: ReconciliationBody): Promise<ReconciliationDto> {
    return this.reconciliations.start(body);
  }

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_reconciliations', errors: ['invalid_cursor'] })
  @ApiOperation({ operationId: 'listReconciliations', summary: 'Runs of reconciliation, newest first' })
  @ApiPage(ReconciliationRunDto)
  async list(@Query() query: PageQuery): Promise<Page<ReconciliationRunDto>> {
    return this.reconciliations.list(query);
  }

  @Get(':id')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_reconciliations',
    errors: ['reconciliation_not_found'],
  })
  @ApiOperation({ operationId: 'getReconciliation', summary: 'One run with all of its lines' })
  @ApiOkResponse({ type: ReconciliationDto })
  async show(@Param('id', UuidPipe) id: string): Promise<ReconciliationDto> {
    return this.reconciliations.show(id);
  }

  @Get(':id/lines.csv')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_reconciliations',
    errors: ['reconciliation_not_found'],
  })
  @ApiOperation({ operationId: 'exportReconciliationCsv', summary: 'The lines of one run as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'RFC 4180', schema: { type: 'string' } })
  async csv(@Param('id', UuidPipe) id: string): Promise<StreamableFile> {
    return this.reconciliations.csv(id);
  }
}
