import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { toInteger, toList } from '#config/rules/transforms.js';
import { IsPublicKeys } from '#config/rules/validators.js';
import { TermSettings } from './term-settings.js';

/** Who decides, and for how long a sign-in lasts. */
export class AdminSettings extends TermSettings {
  @toList
  @IsPublicKeys()
  readonly ADMIN_WALLET_PUBKEYS: readonly string[] = [];

  @toInteger
  @IsInt()
  @Min(60)
  @Max(7 * 86_400)
  readonly ADMIN_SESSION_TTL_SECONDS: number = 43_200;

  @toList
  @IsUUID('all', {
    each: true,
    message: 'ADMIN_RESTORED_REVOCATIONS must be ids of revocations, comma separated',
  })
  readonly ADMIN_RESTORED_REVOCATIONS: readonly string[] = [];
}
