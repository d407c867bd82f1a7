import { DomainError } from '#src/common/errors/errors.js';

export function storageUnavailable(detail: string): DomainError {
  return new DomainError('storage_unavailable', detail);
}

/** @param found what is at the path instead of an image that can be shown */
export function avatarNotAccepted(path: string, found: string): DomainError {
  return new DomainError(
    'avatar_not_accepted',
    `The avatar ${path} cannot be shown: ${found}. Ask POST /api/profiles/avatar/upload-url for a new place, upload a PNG, ` +
      'JPEG, WebP or GIF image of at most 1 MiB there, and send its path.',
  );
}
