import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

@ParamsOf('commitment.attest')
export class AttestParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;
}
