import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsSignatureText, IsWallet } from '../common/http/fields.js';

export class NonceRequest {
  @IsWallet({ description: 'The wallet that wants to sign in.' })
  readonly wallet: string;
}

export class NonceAnswer {
  @ApiProperty({ description: 'Single use; 10 minutes.', example: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' })
  readonly nonce: string;

  @ApiProperty({ description: 'The Sign-In With Solana text to sign, unchanged.' })
  readonly message: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt: string;
}

export class LoginRequest {
  @IsWallet({ description: 'The wallet that signed.' })
  readonly wallet: string;

  @ApiProperty({ pattern: '^[A-Za-z0-9]{8,64}$', description: 'nonce of POST /api/admin/nonce.' })
  @Matches(/^[A-Za-z0-9]{8,64}$/, { message: 'nonce must be the one that POST /api/admin/nonce answered' })
  readonly nonce: string;

  @IsSignatureText({
    description: 'Base58 Ed25519 signature of the message (plain, or its off-chain envelope).',
  })
  readonly signature: string;
}

export class AdminSessionAnswer {
  @ApiProperty({ description: 'The signed-in wallet.' })
  readonly wallet: string;

  @ApiProperty({ format: 'date-time', description: 'End of the session.' })
  readonly expiresAt: string;
}

export function toSessionAnswer(session: { wallet: string; expiresAt: Date }): AdminSessionAnswer {
  return { wallet: session.wallet, expiresAt: session.expiresAt.toISOString() };
}

export function toNonceAnswer(issued: { nonce: string; message: string; expiresAt: Date }): NonceAnswer {
  return { nonce: issued.nonce, message: issued.message, expiresAt: issued.expiresAt.toISOString() };
}
