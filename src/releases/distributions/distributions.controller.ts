import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { SignedBody } from '#src/common/input/fields.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { ApiPage, type Page, PageQuery } from '#src/common/pages.js';
import { AcceptedUntilPaidInterceptor } from '#src/releases/engine/accepted-until-paid.interceptor.js';
import { DistributionClaims } from './distribution-claims.service.js';
import { AnnouncedDistributionDto, DistributionDto, UnclaimedDto } from './distributions.dto.js';
import { Distributions } from './distributions.service.js';
import { PaidDto } from '#src/releases/payouts/payouts.dto.js';
import { PLANNING_ERRORS } from '#src/releases/planning/planning-errors.js';

@ApiTags('failure distributions')
@Controller()
export class DistributionsController {
  constructor(
    private readonly distributions: Distributions,
    private readonly claims: DistributionClaims,
  ) {}

  @Get('commitments/:id/failure-distribution')
  @Endpoint({
    access: 'public',
    limit: 'read',
    errors: ['commitment_not_found', 'distribution_not_found', 'invalid_cursor'],
  })
  @ApiOperation({
    operationId: 'getFailureDistribution',
    summary: 'What becomes of the escrow of a failing or failed reward commitment, and who has claimed',
  })
  @ApiExtraModels(AnnouncedDistributionDto, DistributionDto)
  @ApiOkResponse({
    schema: {
      oneOf: [{ $ref: getSchemaPath(AnnouncedDistributionDto) }, { $ref: getSchemaPath(DistributionDto) }],
    },
  })
  async show(
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<AnnouncedDistributionDto | DistributionDto> {
    return this.distributions.show(id, query);
  }

  @Post('commitments/:id/failure-distribution/claim')
  @UseInterceptors(AcceptedUntilPaidInterceptor)
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
      'signature_used',
      'fee_payer_missing',
      ...PLANNING_ERRORS,
    ],
  })
  @ApiOperation({
    operationId: 'claimFailureShare',
    summary: 'Pays a holder its first unpaid share of a failed reward commitment, exactly once',
  })
  @ApiOkResponse({ type: PaidDto, description: 'Paid and confirmed.' })
  @ApiAcceptedResponse({
    type: PaidDto,
    description: 'The payout is not confirmed yet and continues automatically.',
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
  @ApiOperation({
    operationId: 'listUnclaimedShares',
    summary: 'Failed commitments with shares that nobody has claimed, newest first',
  })
  @ApiPage(UnclaimedDto)
  async unclaimed(@Query() query: PageQuery): Promise<Page<UnclaimedDto>> {
    return this.distributions.listUnclaimed(query);
  }
}
