import { IsBoolean, IsIn, IsOptional, IsUrl, Matches } from 'class-validator';
import { toBoolean } from './rules/transforms.js';
import { CustodySettings } from './custody-settings.js';

/** Where the audit log is told to others. */
export class OversightSettings extends CustodySettings {
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  readonly AUDIT_WEBHOOK_URL?: string;

  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, {
    message: 'AUDIT_WEBHOOK_SECRET must be whsec_ followed by base64 of 24 to 64 bytes (Standard Webhooks)',
  })
  readonly AUDIT_WEBHOOK_SECRET?: string;

  @toBoolean
  @IsBoolean()
  readonly AUDIT_WEBHOOK_ALLOW_PRIVATE: boolean = false;

  @IsIn(['none', 'memo'])
  readonly AUDIT_ANCHOR: 'none' | 'memo' = 'none';

  @IsOptional()
  @Matches(/^[1-9]\d{0,18}:[0-9a-f]{64}$/, {
    message: 'AUDIT_LOST_SEAL must be a seal as the alarm audit_seal_backwards_error names it, ID:HASH',
  })
  readonly AUDIT_LOST_SEAL?: string;
}
