import type { EndpointHealth } from './health.js';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  readonly status: 'ok';

  @ApiProperty({ description: 'The version of this service.', example: '0.1.0' })
  readonly version: string;
}

export class HealthCheckDto {
  @ApiProperty({ enum: ['ok', 'error'] })
  readonly status: 'ok' | 'error';

  @ApiPropertyOptional({ description: 'What is wrong; of the fee payer also what it holds.' })
  readonly detail?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object' },
    description:
      'Of rpc: each endpoint with its voice, whether it is ok or red, its slot and how far it is behind.',
  })
  readonly endpoints?: readonly EndpointHealth[];

  @ApiPropertyOptional({ description: 'Of rpc: only one provider is configured.' })
  readonly singleSource?: boolean;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', format: 'date-time', nullable: true },
    description: 'Of jobs: when each job last succeeded; null for never.',
  })
  readonly lastSuccess?: Readonly<Record<string, string | null>>;
}

@ApiExtraModels(HealthCheckDto)
export class ReadinessDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'draining', 'error'],
    description:
      'error (503): no request can be served. draining (503): it ends soon, and serves until then. degraded (200): some requests cannot be served, such as payouts.',
  })
  readonly status: 'ok' | 'degraded' | 'draining' | 'error';

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(HealthCheckDto) },
    description: 'One member for each part: database, migrations, rpc, signer, feePayer, jobs.',
  })
  readonly checks: Readonly<Record<string, HealthCheckDto>>;
}
