import { ChainSettings } from './chain-settings.js';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Min, MinLength } from 'class-validator';
import { toInteger, toSecretList } from '#config/rules/transforms.js';
import { IsFeePayerKey, IsSecrets } from '#config/rules/validators.js';

const API = { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true };

/** Who keeps the escrow keys, who pays the fees, and the upstreams whose secrets are rotated like these. */
export class CustodySettings extends ChainSettings {
  @IsOptional()
  @IsIn(['local', 'privy'])
  readonly ESCROW_CUSTODY?: 'local' | 'privy';

  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'ESCROW_DB_SECRET must be at least 32 characters' })
  readonly ESCROW_DB_SECRET?: string;

  @toSecretList
  @IsSecrets()
  readonly ESCROW_DB_SECRET_PREVIOUS: readonly string[] = [];

  @IsOptional()
  @IsFeePayerKey()
  readonly ESCROW_FEE_PAYER_SECRET_KEY?: string;

  @toInteger
  @IsInt()
  @Min(0)
  readonly FEE_PAYER_FLOOR_LAMPORTS: number = 100_000_000;

  /** How often the creator fees of a managed commitment are looked at. */
  @toInteger
  @IsInt()
  @Min(60)
  readonly MANAGED_FEE_INTERVAL_SECONDS: number = 900;

  /** Less than this is left where it is: collecting it costs a fee. */
  @toInteger
  @IsInt()
  @Min(100_000)
  readonly MANAGED_FEE_MIN_LAMPORTS: number = 10_000_000;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'PRIVY_APP_ID must be printable ASCII without spaces' })
  readonly PRIVY_APP_ID?: string;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: 'PRIVY_APP_SECRET must be printable ASCII without spaces' })
  readonly PRIVY_APP_SECRET?: string;

  @IsOptional()
  @Matches(/^(wallet-auth:)?[A-Za-z0-9+/]{100,}={0,2}$/, {
    message: 'PRIVY_AUTHORIZATION_PRIVATE_KEY must be a base64 PKCS#8 P-256 key, as Privy hands it out',
  })
  readonly PRIVY_AUTHORIZATION_PRIVATE_KEY?: string;

  @IsUrl(API)
  readonly PRIVY_API_URL: string = 'https://auth.privy.io';

  @IsUrl(API)
  readonly PRIVY_WALLET_API_URL: string = 'https://api.privy.io';
}
