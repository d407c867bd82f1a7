import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import {
  CreatePauseBody,
  type PauseActParams,
  PauseDto,
  type PauseEndActParams,
  PausesDto,
  PausesQuery,
} from './pauses.dto.js';
import { Pauses } from './pauses.service.js';

@ApiTags('operations')
@Controller('admin/pauses')
export class PausesController {
  constructor(private readonly pauses: Pauses) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_pauses' })
  @ApiOperation({ operationId: 'listPauses', summary: 'Pauses of payouts, open ones first, at most 200' })
  @ApiOkResponse({ type: PausesDto })
  async list(@Query() { all }: PausesQuery): Promise<PausesDto> {
    return this.pauses.list(all);
  }

  @Post()
  @Endpoint({
    access: 'admin',
    act: 'admin.pause.create',
    body: CreatePauseBody,
    limit: 'admin',
    audit: 'admin_pause_create',
    errors: ['commitment_not_found', 'already_paused'],
  })
  @ApiOperation({
    operationId: 'createPause',
    summary: 'Stops payouts: all, those of one commitment, or those of one purpose',
  })
  @ApiCreatedResponse({
    type: PauseDto,
    description: 'From now on nothing that it covers is signed; what is signed is followed to its end.',
  })
  async create(@CurrentAct() act: AdminAct<PauseActParams>): Promise<PauseDto> {
    return this.pauses.create(act);
  }

  @Delete(':id')
  @Endpoint({
    access: 'admin',
    act: 'admin.pause.end',
    limit: 'admin',
    audit: 'admin_pause_end',
    errors: ['pause_not_found', 'pause_ended', 'second_admin_needed'],
  })
  @ApiOperation({
    operationId: 'endPause',
    summary: 'Ends a pause that another admin has made; what waited continues',
  })
  @ApiOkResponse({ type: PauseDto, description: 'The pause that was ended.' })
  async end(@CurrentAct() act: AdminAct<PauseEndActParams>): Promise<PauseDto> {
    return this.pauses.end(act);
  }
}
