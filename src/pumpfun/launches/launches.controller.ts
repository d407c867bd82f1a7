import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { LaunchViews } from './launch-views.service.js';
import {
  LaunchBody,
  LaunchDto,
  type LaunchParams,
  ReservedMintDto,
  ReserveMintBody,
} from './launches.dto.js';
import { Launches } from './launches.service.js';

@ApiTags('pump.fun')
@Controller()
export class LaunchesController {
  constructor(
    private readonly launches: Launches,
    private readonly views: LaunchViews,
  ) {}

  @Post('admin/pumpfun/mints')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_pumpfun_mint',
    errors: ['custody_unavailable'],
  })
  @ApiOperation({
    operationId: 'reserveMint',
    summary: 'Keeps the address of a coin for one creator',
  })
  @ApiCreatedResponse({ type: ReservedMintDto })
  async reserve(@Body() { creator }: ReserveMintBody): Promise<ReservedMintDto> {
    return this.launches.reserve(creator);
  }

  @Post('pumpfun/launch')
  @HttpCode(202)
  @Endpoint({
    access: 'admin',
    act: 'admin.pumpfun.launch',
    body: LaunchBody,
    limit: 'admin',
    audit: 'admin_pumpfun_launch',
    idempotent: true,
    errors: [
      'commitment_not_found',
      'wrong_kind',
      'already_resolved',
      'already_failing',
      'already_launched',
      'mint_not_reserved',
      'fee_payer_missing',
      'signing_refused',
    ],
  })
  @ApiOperation({
    operationId: 'launchCoin',
    summary: 'Launches a commitment’s coin at pump.fun, paid by the fee payer',
    description: 'Somebody else can buy between creation and purchase.',
  })
  @ApiAcceptedResponse({ type: LaunchDto, description: 'Written down; it continues automatically.' })
  async launch(@CurrentAct() act: AdminAct<LaunchParams>): Promise<LaunchDto> {
    await this.launches.launch(act);
    return this.views.show(act.given.commitmentId);
  }

  @Get('commitments/:id/launch')
  @Endpoint({ access: 'public', limit: 'read', errors: ['commitment_not_found', 'launch_not_found'] })
  @ApiOperation({
    operationId: 'getLaunch',
    summary: 'The launch of a commitment’s coin',
  })
  @ApiOkResponse({ type: LaunchDto })
  async show(@Param('id', UuidPipe) id: string): Promise<LaunchDto> {
    return this.views.show(id);
  }
}
