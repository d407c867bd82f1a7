import { IsOptional, IsUrl, Matches } from 'class-validator';
import { OversightSettings } from './oversight-settings.js';

/** Supabase Storage, where avatars are kept. */
export class StorageSettings extends OversightSettings {
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  readonly SUPABASE_URL?: string;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{20,2000}$/, {
    message: 'SUPABASE_SERVICE_ROLE_KEY must be printable ASCII without spaces',
  })
  readonly SUPABASE_SERVICE_ROLE_KEY?: string;

  @Matches(/^[a-z0-9][a-z0-9._-]{0,62}$/, { message: 'SUPABASE_AVATAR_BUCKET must be the name of a bucket' })
  readonly SUPABASE_AVATAR_BUCKET: string = 'avatars';
}
