import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { AddressPipe } from '#src/common/input/address.pipe.js';
import { ProfileDto, ProfilesDto, ProfilesQuery, ProfileUpdateBody } from './profiles.dto.js';
import { Profiles } from './profiles.service.js';

@ApiTags('profiles')
@Controller('profiles')
export class ProfilesController {
  constructor(private readonly profiles: Profiles) {}

  @Get()
  @Endpoint({ access: 'public', limit: 'read' })
  @ApiOperation({ operationId: 'listProfiles', summary: 'The profiles of many wallets at once' })
  @ApiOkResponse({ type: ProfilesDto })
  async list(@Query() { wallets }: ProfilesQuery): Promise<ProfilesDto> {
    return this.profiles.list(wallets);
  }

  @Get(':wallet')
  @Endpoint({ access: 'public', limit: 'read', errors: ['profile_not_found'] })
  @ApiOperation({ operationId: 'getProfile', summary: 'What a wallet has published about itself' })
  @ApiOkResponse({ type: ProfileDto })
  async get(@Param('wallet', AddressPipe) wallet: string): Promise<ProfileDto> {
    return this.profiles.get(wallet);
  }

  @Post(':wallet')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'profile_update',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'signature_used',
      'avatar_not_accepted',
      'storage_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'updateProfile',
    summary: 'A wallet publishes its profile; what it leaves out is not shown any more',
  })
  @ApiOkResponse({ type: ProfileDto })
  async update(
    @Param('wallet', AddressPipe) wallet: string,
    @Body() body: ProfileUpdateBody,
  ): Promise<ProfileDto> {
    return this.profiles.update(wallet, body);
  }
}
