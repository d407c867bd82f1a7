import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { toInteger, toList } from '#config/rules/transforms.js';
import { IsHttpUrls } from '#config/rules/validators.js';

/** How the chain is asked, and what payouts offer it. */
export class ChainSettings {
  @IsOptional()
  @toList
  @IsHttpUrls()
  readonly SOLANA_RPC_URL?: readonly string[];

  /** Who stands behind each URL of SOLANA_RPC_URL, in order. */
  @IsOptional()
  @toList
  @Matches(/^[\w.-]{1,60}$/, {
    each: true,
    message: 'SOLANA_RPC_GROUPS must be names of letters, digits, points and hyphens, comma separated',
  })
  readonly SOLANA_RPC_GROUPS?: readonly string[];

  @toInteger
  @IsInt()
  @Min(0)
  @Max(7 * 86_400)
  readonly RPC_SECOND_VOICE_WAIT_SECONDS: number = 900;

  @toInteger
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly SOLANA_RPC_TIMEOUT_MS: number = 4_000;

  @IsIn(['mainnet', 'testnet', 'devnet', 'localnet'])
  readonly SOLANA_CLUSTER: 'mainnet' | 'testnet' | 'devnet' | 'localnet' = 'mainnet';

  @IsIn(['confirmed', 'finalized'])
  readonly SOLANA_COMMITMENT: 'confirmed' | 'finalized' = 'confirmed';

  @toInteger
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  readonly PRIORITY_FEE_MIN_MICRO_LAMPORTS: number = 1_000;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  readonly PRIORITY_FEE_MAX_MICRO_LAMPORTS: number = 1_000_000;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(120)
  readonly PAYOUT_WAIT_SECONDS: number = 20;

  @toInteger
  @IsInt()
  @Min(10)
  @Max(7 * 86_400)
  readonly PAYOUT_ALARM_SECONDS: number = 300;
}
