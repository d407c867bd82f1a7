import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  readonly status: 'ok';
}

export class HealthCheckDto {
  @ApiProperty({ enum: ['ok', 'error'] })
  readonly status: 'ok' | 'error';

  @ApiPropertyOptional({ description: 'What is wrong; of the fee payer also what it holds.' })
  readonly detail?: string;

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
    enum: ['ok', 'degraded', 'error'],
    description: 'error (503): no request can be served. degraded (200): some cannot, such as payouts.',
  })
  readonly status: 'ok' | 'degraded' | 'error';

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(HealthCheckDto) },
    description: 'One member for each part: database, migrations, rpc, signer, feePayer, jobs.',
  })
  readonly checks: Readonly<Record<string, HealthCheckDto>>;
}
