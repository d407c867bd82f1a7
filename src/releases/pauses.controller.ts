import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/endpoint.js';
import { ApiNoBody, NoBody } from '../common/http/no-body.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { CreatePauseBody, PauseDto, PausesDto, PausesQuery } from './pauses.dto.js';
import { PausesService } from './pauses.service.js';

@ApiTags('operations')
@Controller('admin/pauses')
export class PausesController {
  constructor(private readonly pauses: PausesService) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_pauses' })
  @ApiOperation({ summary: 'Pauses of payouts, open ones first, at most 200' })
  @ApiOkResponse({ type: PausesDto })
  async list(@Query() { all }: PausesQuery): Promise<PausesDto> {
    return this.pauses.list(all);
  }

  @Post()
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_pause_create',
    errors: ['commitment_not_found', 'already_paused'],
  })
  @ApiOperation({ summary: 'Stops payouts: all, those of one commitment, or those of one purpose' })
  @ApiCreatedResponse({
    type: PauseDto,
    description: 'From now on nothing that it covers is signed; what is signed is followed to its end.',
  })
  async create(@Body() body: CreatePauseBody): Promise<PauseDto> {
    return this.pauses.create(body);
  }

  @Delete(':id')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_pause_end',
    errors: ['pause_not_found', 'pause_ended'],
  })
  @ApiNoBody()
  @ApiOperation({ summary: 'Ends a pause; what waited goes on' })
  @ApiOkResponse({ type: PauseDto, description: 'The pause that was ended.' })
  async end(@Param('id', UuidPipe) id: string, @NoBody() _body: unknown): Promise<PauseDto> {
    return this.pauses.end(id);
  }
}
