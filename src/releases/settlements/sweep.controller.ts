import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { SweepBody, SweepDto } from './sweep.dto.js';
import { Sweep } from './sweep.service.js';

@ApiTags('payouts')
@Controller('commitments/sweep')
export class SweepController {
  constructor(private readonly sweeps: Sweep) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'admin_or_cron',
    limit: 'admin',
    audit: 'admin_sweep',
    idempotent: true,
    errors: ['rpc_unavailable'],
  })
  @ApiOperation({
    operationId: 'sweepCommitments',
    summary: 'Ends personal commitments that passed their deadline unattested, or attested and undecided',
  })
  @ApiOkResponse({ type: SweepDto, description: 'Decided; the payouts are made by the driver.' })
  async sweep(@Body() body: SweepBody): Promise<SweepDto> {
    return this.sweeps.sweep(body);
  }
}
