import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { toBoolean, toInteger } from '#config/rules/transforms.js';
import { StorageSettings } from './storage-settings.js';

const YEAR = 365 * 86_400;

/** What a commitment has to be like when it is created, and what is frozen into its terms then. */
export class TermSettings extends StorageSettings {
  @toInteger
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly PERSONAL_MIN_LAMPORTS: number = 10_000_000;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly MAX_UNFUNDED_COMMITMENTS: number = 50;

  @toBoolean
  @IsBoolean()
  readonly REWARD_ALLOW_MINTABLE_TOKENS: boolean = false;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(10_000)
  readonly REWARD_APPROVAL_SUPPLY_BPS: number = 100;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(YEAR)
  readonly REWARD_SELF_RELEASE_SECONDS: number = 604_800;

  @toInteger
  @IsInt()
  @Min(0)
  @Max(YEAR)
  readonly REWARD_EARNED_AFTER_SECONDS: number = 172_800;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(YEAR)
  readonly FAILURE_NOTICE_SECONDS: number = 259_200;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly FAILURE_MIN_SHARE_LAMPORTS: number = 100_000;

  @toInteger
  @IsInt()
  @Min(1)
  @Max(YEAR)
  readonly PAUSE_MAX_SECONDS: number = 2_592_000;
}
