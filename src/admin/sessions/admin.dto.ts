import { ApiProperty } from '@nestjs/swagger';
import { IsBase64, Matches, MaxLength } from 'class-validator';
import { IfGiven, IsSignatureText, IsWallet } from '#src/common/input/fields.js';

/** 1,232 bytes in base64. */
const LONGEST_TRANSACTION = 1_644;

export class NonceRequest {
  @IsWallet({ description: 'The wallet that wants to sign in.' })
  readonly wallet: string;
}

/** For `solana:signIn` of a wallet: it makes the same text. */
export class SignInInputDto {
  @ApiProperty({ description: 'Host of APP_ORIGIN, with its port.', example: 'commit.example' })
  readonly domain: string;

  @ApiProperty({ description: 'The wallet.', example: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV' })
  readonly address: string;

  @ApiProperty({ description: 'What signing means.', example: 'Sign in as an admin of Commit To Ship.' })
  readonly statement: string;

  @ApiProperty({ format: 'uri', description: 'APP_ORIGIN.' })
  readonly uri: string;

  @ApiProperty({ enum: ['1'], description: 'Of the form of the text.' })
  readonly version: '1';

  @ApiProperty({ description: 'The Solana cluster.', example: 'solana:mainnet' })
  readonly chainId: string;

  @ApiProperty({ description: 'The same as above.' })
  readonly nonce: string;

  @ApiProperty({ format: 'date-time', description: 'When the text was made.' })
  readonly issuedAt: string;

  @ApiProperty({ format: 'date-time', description: 'When the nonce ends.' })
  readonly expirationTime: string;
}

export class NonceAnswer {
  @ApiProperty({ description: 'Single use; 10 minutes.', example: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' })
  readonly nonce: string;

  @ApiProperty({ description: 'The Sign-In With Solana text to sign, unchanged.' })
  readonly message: string;

  @ApiProperty({
    type: SignInInputDto,
    description: 'The fields of that text, for wallets that offer solana:signIn.',
  })
  readonly signInInput: SignInInputDto;

  @ApiProperty({
    format: 'byte',
    description:
      'A transaction that holds the text as a memo, base64: for wallets whose hardware signs nothing else. No network takes it.',
  })
  readonly transaction: string;

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
    optional: true,
    description: 'Base58 Ed25519 signature of the message (plain, or its off-chain envelope).',
  })
  readonly signature?: string;

  @ApiProperty({
    format: 'byte',
    required: false,
    maxLength: LONGEST_TRANSACTION,
    description: 'In the place of signature: the transaction of the nonce, unchanged and signed, base64.',
  })
  @IfGiven()
  @IsBase64()
  @MaxLength(LONGEST_TRANSACTION)
  readonly transaction?: string;
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

export function toNonceAnswer(
  issued: Omit<NonceAnswer, 'expiresAt' | 'transaction'> & {
    readonly expiresAt: Date;
    readonly transaction: Uint8Array;
  },
): NonceAnswer {
  const { transaction, expiresAt } = issued;
  return {
    ...issued,
    transaction: Buffer.from(transaction).toString('base64'),
    expiresAt: expiresAt.toISOString(),
  };
}
