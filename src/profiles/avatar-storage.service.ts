import { Injectable } from '@nestjs/common';
import { StorageClient } from '@supabase/storage-js';
import { Settings } from '../../config/settings.js';
import { DomainError } from '../common/errors.js';

const TIMEOUT_MS = 8_000;

/** Permission to upload one object, as Supabase Storage signs it. */
export interface SignedUpload {
  /** Takes a PUT with the object as its body; carries the permission, so treat it as a secret until it is used. */
  readonly url: string;
  readonly path: string;
}

/** The bucket of avatars in Supabase Storage. */
@Injectable()
export class AvatarStorage {
  constructor(private readonly settings: Settings) {}

  /**
   * Asks Supabase to sign the upload of one object; nothing is written by that.
   * @param path of the object within the bucket
   * @throws DomainError `storage_unavailable`
   */
  async signUpload(path: string): Promise<SignedUpload> {
    const { data, error } = await this.bucket().createSignedUploadUrl(path);
    if (error !== null)
      throw storageUnavailable(`Supabase Storage refused to sign an upload (${error.name}).`);
    return { url: data.signedUrl, path: data.path };
  }

  private bucket() {
    const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_AVATAR_BUCKET } = this.settings.env;
    if (SUPABASE_URL === undefined || SUPABASE_SERVICE_ROLE_KEY === undefined) {
      throw storageUnavailable('SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY are not both set.');
    }
    const headers = {
      apikey: SUPABASE_SERVICE_ROLE_KEY,
      authorization: `Bearer ${SUPABASE_SERVICE_ROLE_KEY}`,
    };
    const url = `${SUPABASE_URL.replace(/\/+$/, '')}/storage/v1`;
    return new StorageClient(url, headers, withTimeout).from(SUPABASE_AVATAR_BUCKET);
  }
}

/** The library waits for ever. */
const withTimeout: typeof fetch = (input, init) =>
  fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });

function storageUnavailable(detail: string): DomainError {
  return new DomainError('storage_unavailable', detail);
}
