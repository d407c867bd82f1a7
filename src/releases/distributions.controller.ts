import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/endpoint.js';
import { SignedBody } from '../common/http/fields.js';
import { UuidPipe } from '../common/http/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '../common/pages.js';
import { AcceptedUntilPaid } from './accepted-until-paid.interceptor.js';
import { DistributionClaimsService } from './distribution-claims.service.js';
import { DistributionDto, UnclaimedDto } from './distributions.dto.js';
import { DistributionsService } from './distributions.service.js';
import { PaidDto } from './releases.dto.js';

@ApiTags('failure distributions')
@Controller()
export class DistributionsController {
  constructor(
    private readonly distributions: DistributionsService,
    private readonly claims: DistributionClaimsService,
  ) {}

  @Get('commitments/:id/failure-distribution')
  @Endpoint({
    access: 'public',
    limit: 'read',
    errors: ['commitment_not_found', 'distribution_not_found', 'invalid_cursor'],
  })
  @ApiOperation({ summary: 'What becomes of the escrow of a failed reward commitment, and who has claimed' })
  @ApiOkResponse({ type: DistributionDto })
  async show(@Param('id', UuidPipe) id: string, @Query() query: PageQuery): Promise<DistributionDto> {
    return this.distributions.show(id, query);
  }

  @Post('commitments/:id/failure-distribution/claim')
  @UseInterceptors(AcceptedUntilPaid)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'distribution_claim',
    idempotent: true,
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'commitment_not_found',
      'not_resolved_as_failure',
      'no_share',
      'already_claimed',
      'escrow_underfunded',
      'destination_not_payable',
      'simulation_failed',
      'fee_payer_missing',
      'fee_payer_underfunded',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({ summary: 'Pays a voter its share of a failed reward commitment, exactly once' })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'The payout is not confirmed yet and goes on by itself.',
  })
  async claim(@Param('id', UuidPipe) id: string, @Body() body: SignedBody): Promise<PaidDto> {
    return this.claims.claim(id, body);
  }

  @Get('admin/unclaimed-shares')
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_unclaimed_shares',
    errors: ['invalid_cursor'],
  })
  @ApiOperation({ summary: 'Failed commitments with shares that nobody has claimed, newest first' })
  @ApiPage(UnclaimedDto)
  async unclaimed(@Query() query: PageQuery): Promise<Page<UnclaimedDto>> {
    return this.distributions.listUnclaimed(query);
  }
}
