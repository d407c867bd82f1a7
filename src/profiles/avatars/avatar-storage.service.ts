import { Injectable } from '@nestjs/common';
import { StorageClient } from '@supabase/storage-js';
import { Settings } from '#config/settings.js';
import { storageUnavailable } from './avatar.errors.js';

const TIMEOUT_MS = 8_000;

/** Permission to upload one object, as Supabase Storage signs it. */
export interface SignedUpload {
  /** Takes a PUT with the object as its body; carries the permission, so treat it as a secret until it is used. */
  readonly url: string;
  readonly path: string;
}

/** What the bucket says of an object. */
export interface StoredObject {
  /** Bytes; null when nothing is said. */
  readonly size: number | null;
  readonly contentType: string | null;
}

/** The bucket of avatars in Supabase Storage. */
@Injectable()
export class AvatarStorage {
  constructor(private readonly settings: Settings) {}

  /**
   * Asks Supabase to sign the upload of one object; nothing is written by that. An object that is there is never overwritten.
   * @param path of the object within the bucket
   * @throws DomainError `storage_unavailable`
   */
  async signUpload(path: string): Promise<SignedUpload> {
    const { data, error } = await this.bucket().createSignedUploadUrl(path);
    if (error !== null)
      throw storageUnavailable(`Supabase Storage refused to sign an upload (${error.name}).`);
    return { url: data.signedUrl, path: data.path };
  }

  /** Null when there is no such object. @throws DomainError `storage_unavailable` */
  async find(path: string): Promise<StoredObject | null> {
    const { data, error } = await this.bucket().info(path);
    if (error === null) return { size: data.size ?? null, contentType: data.contentType ?? null };
    if (isMissing(error)) return null;
    throw storageUnavailable(`Supabase Storage did not say what was uploaded (${error.name}).`);
  }

  /** The object's bytes. Ask `find` for its size first. @throws DomainError `storage_unavailable` */
  async read(path: string): Promise<Uint8Array> {
    const { data, error } = await this.bucket().download(path);
    if (error !== null)
      throw storageUnavailable(`Supabase Storage did not give the upload back (${error.name}).`);
    return new Uint8Array(await data.arrayBuffer());
  }

  /** Where everybody sees the object of a public bucket; null without Supabase settings. */
  publicUrl(path: string): string | null {
    if (!this.isConfigured) return null;
    return this.bucket().getPublicUrl(path).data.publicUrl;
  }

  private get isConfigured(): boolean {
    const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY } = this.settings.env;
    return SUPABASE_URL !== undefined && SUPABASE_SERVICE_ROLE_KEY !== undefined;
  }

  private bucket() {
    const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_AVATAR_BUCKET } = this.settings.env;
    if (SUPABASE_URL === undefined || SUPABASE_SERVICE_ROLE_KEY === undefined) {
      throw storageUnavailable(
        'SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY are not both set, so this service takes no uploads. Use avatarUrl with ' +
          'an https address, or ask whoever runs the service to set both.',
      );
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

/** Hosted Supabase says 400 with `statusCode` 404 in the body. */
function isMissing(error: object): boolean {
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown };
  return status === 404 || String(statusCode) === '404';
}
