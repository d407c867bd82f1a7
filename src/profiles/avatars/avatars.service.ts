import { Injectable } from '@nestjs/common';
import { Ids } from '#src/common/ids.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { AVATAR_MAX_BYTES, avatarPath, typeOfImage, typeOfPath } from './avatar.js';
import { avatarNotAccepted } from './avatar.errors.js';
import { AvatarStorage, type StoredObject } from './avatar-storage.service.js';
import { type AvatarUploadBody, type AvatarUploadDto, AvatarUploadParams } from './avatars.dto.js';

/** Uploads of images by wallets, and what may be shown of them. */
@Injectable()
export class Avatars {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly storage: AvatarStorage,
    private readonly ids: Ids,
  ) {
    this.verifySigned = actions.define('avatar.upload', AvatarUploadParams);
  }

  /** A place under the wallet's own address. @throws DomainError `invalid_signature`, `storage_unavailable` */
  async place({ contentType, ...signed }: AvatarUploadBody): Promise<AvatarUploadDto> {
    await this.verifySigned(signed, { contentType });
    const { url, path } = await this.storage.signUpload(
      avatarPath(signed.wallet, this.ids.uuid(), contentType),
    );
    return { uploadUrl: url, path, contentType, maxBytes: AVATAR_MAX_BYTES };
  }

  /**
   * Looks at what was uploaded: nobody sees it before. What is there cannot be overwritten with the same permission.
   * @throws DomainError `avatar_not_accepted`, `storage_unavailable`
   */
  async examine(wallet: string, path: string): Promise<void> {
    const promised = typeOfPath(path, wallet);
    if (promised === null) throw avatarNotAccepted(path, `it is no place that was given to ${wallet}`);
    const refusal = refusalOf(await this.storage.find(path), promised);
    if (refusal !== null) throw avatarNotAccepted(path, refusal);
    const found = typeOfImage(await this.storage.read(path));
    if (found !== promised) throw avatarNotAccepted(path, `its bytes are ${found ?? 'no image'}`);
  }

  /** Null without Supabase settings. */
  urlOf(path: string): string | null {
    return this.storage.publicUrl(path);
  }
}

function refusalOf(stored: StoredObject | null, promised: string): string | null {
  if (stored === null) return 'nothing has been uploaded there';
  if (stored.size === null || stored.size < 1) return 'it has no bytes';
  if (stored.size > AVATAR_MAX_BYTES) return `it has ${stored.size} bytes`;
  return stored.contentType === promised ? null : `it was uploaded as ${stored.contentType ?? 'nothing'}`;
}
