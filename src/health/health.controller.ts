import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { VERSION } from '#config/version.js';
import { Endpoint } from '#src/common/endpoint.js';
import { LivenessDto, ReadinessDto } from './health.dto.js';
import { Health } from './health.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Endpoint({ access: 'public', limit: 'probe' })
  @ApiOperation({ operationId: 'getLiveness', summary: 'The process answers' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok', version: VERSION };
  }

  @Get('ready')
  @Endpoint({ access: 'public', limit: 'probe' })
  @ApiOperation({ operationId: 'getReadiness', summary: 'Each part that this service depends on' })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({
    type: ReadinessDto,
    description: 'The same report; send no requests here.',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessDto> {
    const report = await this.health.ready();
    if (report.status === 'error' || report.status === 'draining')
      void reply.code(503).header('retry-after', 5);
    return report;
  }
}
