import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { IsDatabaseUrl, IsOrigin, IsOrigins, IsPublicKey, IsUsd } from '#config/rules/validators.js';
import { chainProblems } from '#config/rules/chain-rules.js';
import { custodyProblems } from '#config/rules/custody-rules.js';
import { productionProblems } from '#config/rules/production-rules.js';
import { rewardProblems } from '#config/rules/reward-rules.js';
import { AdminSettings } from './admin-settings.js';
import { tlsProblems } from './database/url-tls.js';
import { webhookProblems } from '#config/rules/webhook-rules.js';
import { oversightProblems } from '#config/rules/oversight-rules.js';
import { toBoolean, toInteger, toList, toPem } from '#config/rules/transforms.js';

/**
 * Every setting of this service. `.env.example` documents each one; a test keeps the two equal.
 * Nothing else in the code reads process.env.
 */
export class Environment extends AdminSettings {
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @IsString()
  readonly HOST: string = '127.0.0.1';

  @toInteger
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  readonly LOG_LEVEL: string = 'info';

  @IsOptional()
  @IsOrigin()
  readonly APP_ORIGIN?: string;

  @toList
  @IsOrigins()
  readonly APP_ORIGIN_PREVIOUS: readonly string[] = [];

  @toInteger
  @IsInt()
  @Min(0)
  @Max(10)
  readonly TRUST_PROXY: number = 0;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly KEEP_ALIVE_SECONDS: number = 620;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(120)
  readonly SHUTDOWN_DELAY_SECONDS: number = 5;

  // It travels in a header, which takes neither white space at its ends nor other characters unharmed.
  @IsOptional()
  @Matches(/^[\x21-\x7e]{32,500}$/, {
    message: 'CRON_SECRET must be at least 32 printable ASCII characters without spaces',
  })
  readonly CRON_SECRET?: string;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{32,500}$/, {
    message: 'METRICS_TOKEN must be at least 32 printable ASCII characters without spaces',
  })
  readonly METRICS_TOKEN?: string;

  @IsOptional()
  @IsDatabaseUrl()
  readonly DATABASE_URL?: string;

  @IsOptional()
  @IsDatabaseUrl()
  readonly DATABASE_MIGRATION_URL?: string;

  @IsOptional()
  @IsDatabaseUrl()
  readonly DATABASE_READ_URL?: string;

  @IsOptional()
  @IsIn(['verify', 'require', 'disable'])
  readonly DATABASE_SSL?: 'verify' | 'require' | 'disable';

  @IsOptional()
  @toPem
  @IsString()
  readonly DATABASE_CA_CERT?: string;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(200)
  readonly PG_POOL_MAX: number = 10;

  @toInteger
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly PG_POOL_CONNECTION_TIMEOUT_MS: number = 5_000;

  @toInteger
  @IsInt()
  @Min(100)
  readonly PG_POOL_IDLE_TIMEOUT_MS: number = 30_000;

  @toInteger
  @IsInt()
  @Min(100)
  @Max(120_000)
  readonly PG_STATEMENT_TIMEOUT_MS: number = 10_000;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(365 * 86_400)
  readonly PERSONAL_DECISION_WINDOW_SECONDS: number = 259_200;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly REWARD_APPROVAL_THRESHOLD: number = 20;

  @IsOptional()
  @IsUsd()
  readonly REWARD_APPROVAL_THRESHOLD_USD?: string;

  @IsUsd()
  readonly REWARD_MIN_HOLDING_USD: string = '20';

  @IsUsd()
  readonly REWARD_MIN_LIQUIDITY_USD: string = '1000';

  @toInteger
  @IsInt()
  @Min(0)
  @Max(365 * 86_400)
  readonly REWARD_CLAIM_DELAY_SECONDS: number = 172_800;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(365 * 86_400)
  readonly REWARD_VOTE_WINDOW_SECONDS: number = 86_400;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(10_000)
  readonly FAILURE_TREASURY_BPS: number = 0;

  @IsOptional()
  @IsPublicKey()
  readonly FAILURE_TREASURY_PUBKEY?: string;

  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  readonly JUPITER_PRICE_URL: string = 'https://api.jup.ag/price/v3';

  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: 'JUPITER_API_KEY must be printable ASCII without spaces' })
  readonly JUPITER_API_KEY?: string;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly JUPITER_PRICE_CACHE_TTL_SECONDS: number = 60;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(86_400)
  readonly JUPITER_PRICE_STALE_TTL_SECONDS: number = 900;

  @toBoolean
  @IsBoolean()
  readonly JOBS_ENABLED: boolean = true;

  @toBoolean
  @IsBoolean()
  readonly CTS_MOCK_MODE: boolean = false;
}

/** Names of all settings, in the order of the class. */
export const SETTING_NAMES: readonly string[] = Object.keys(new Environment());

/** All that is wrong with the environment, in one message. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The environment is not usable (${problems.length} problem${problems.length === 1 ? '' : 's'}):\n` +
        problems.map((problem) => `  - ${problem}`).join('\n') +
        '\nSee .env.example for every setting.',
    );
    this.name = 'EnvironmentError';
  }
}

/**
 * Parses and freezes the settings. An empty value counts as unset.
 * @throws EnvironmentError naming every violation at once.
 */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => SETTING_NAMES.includes(name) && value?.trim()),
  );
  const environment = plainToInstance(Environment, given);
  const problems = validateSync(environment, { skipMissingProperties: false }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  problems.push(...productionProblems(source, environment), ...rewardProblems(environment));
  problems.push(...custodyProblems(environment), ...oversightProblems(environment));
  problems.push(...webhookProblems(environment), ...tlsProblems(environment), ...chainProblems(environment));
  if (problems.length > 0) throw new EnvironmentError([...new Set(problems)]);
  return Object.freeze(environment);
}
