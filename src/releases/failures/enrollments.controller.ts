import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { EnrollBody, EnrolledDto } from './enrollments.dto.js';
import { Enrollments } from './enrollments.service.js';

@ApiTags('failure distributions')
@Controller()
export class EnrollmentsController {
  constructor(private readonly enrollments: Enrollments) {}

  @Post('commitments/:id/failure-distribution/enroll')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'distribution_enroll',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'commitment_not_found',
      'not_failing',
      'not_eligible',
      'not_a_holder',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'enrollForFailureShare',
    summary: 'A holder asks for its share of an announced failure; repeating it is harmless',
    description:
      'Possible until the failure takes effect. What the wallet held at the announcement counts. ' +
      'Who approved a milestone in its vote window is enrolled already.',
  })
  @ApiOkResponse({ type: EnrolledDto })
  async enroll(@Param('id', UuidPipe) id: string, @Body() body: EnrollBody): Promise<EnrolledDto> {
    return this.enrollments.enroll(id, body);
  }
}
