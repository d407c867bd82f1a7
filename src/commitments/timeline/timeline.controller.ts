import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiPage, type Page } from '#src/common/pages.js';
import { TimelineEventDto, TimelineQuery } from './timeline.dto.js';
import { Timeline } from './timeline.service.js';

@ApiTags('timeline')
@Controller('timeline')
export class TimelineController {
  constructor(private readonly timeline: Timeline) {}

  @Get()
  @Endpoint({ access: 'public', limit: 'read', errors: ['invalid_cursor'] })
  @ApiOperation({ operationId: 'listTimeline', summary: 'Public events, newest first' })
  @ApiPage(TimelineEventDto)
  async list(@Query() query: TimelineQuery): Promise<Page<TimelineEventDto>> {
    return this.timeline.list(query);
  }
}
