import { IsIn, IsOptional, IsUrl, Matches } from 'class-validator';
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

  @IsIn(['none', 'memo'])
  readonly AUDIT_ANCHOR: 'none' | 'memo' = 'none';
}
