import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { IsWallet } from '#src/common/input/fields.js';
import { ACTIONS } from './signed-message.js';

export class SigningMessageRequest {
  @ApiProperty({ enum: ACTIONS, description: 'What the wallet wants to do.', example: 'commitment.attest' })
  @IsString()
  @MaxLength(64)
  readonly action: string;

  @IsWallet({ description: 'The wallet that will sign.' })
  readonly wallet: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    default: {},
    description: 'Parameters of the action, path parameters of its route included.',
  })
  @IsObject()
  readonly params: Record<string, unknown> = {};
}

export class SigningMessageAnswer {
  @ApiProperty({ description: 'The exact text to sign, UTF-8.' })
  readonly message: string;

  @ApiProperty({ format: 'date-time', description: 'Send it back, unchanged, with the signature.' })
  readonly issuedAt: string;

  @ApiProperty({ format: 'date-time', description: 'After this time the signature is refused.' })
  readonly expiresAt: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'For `commitment.create`: the terms that the message contains.',
  })
  readonly terms?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'For `commitment.create`: SHA-256 of the canonical terms, hex.',
  })
  readonly termsHash?: string;
}
