import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { AddressPipe } from '#src/common/input/address.pipe.js';
import { CreatorFeeClaimBody, ClaimDto, CreatorFeesDto, CreatorFeesQuery } from './creator-fees.dto.js';
import { CreatorFees } from './creator-fees.service.js';

@ApiTags('pump.fun')
@Controller('pumpfun')
export class CreatorFeesController {
  constructor(private readonly fees: CreatorFees) {}

  @Get('creators/:wallet')
  @Endpoint({ access: 'public', limit: 'read', errors: ['token_not_supported', 'rpc_unavailable'] })
  @ApiOperation({ operationId: 'getCreatorFees', summary: 'Creator fees that a wallet can collect' })
  @ApiOkResponse({ type: CreatorFeesDto })
  async show(
    @Param('wallet', AddressPipe) wallet: string,
    @Query() { tokenMint }: CreatorFeesQuery,
  ): Promise<CreatorFeesDto> {
    return this.fees.show(wallet, tokenMint);
  }

  @Post('claim')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'pumpfun_claim',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'nothing_to_claim',
      'token_not_supported',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'createCreatorFeeClaim',
    summary: 'The unsigned transaction by which a wallet collects its creator fees',
  })
  @ApiOkResponse({ type: ClaimDto })
  async claim(@Body() body: CreatorFeeClaimBody): Promise<ClaimDto> {
    return this.fees.claim(body);
  }
}
