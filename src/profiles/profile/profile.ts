/** Pure rules of profiles. */
import type { MessageParams } from '#src/signed-messages/signed-message.js';

export const NAME_MAX = 32;
export const BIO_MAX = 280;

/** What a wallet publishes; what is not given is not shown any more. */
export interface ProfileParams {
  readonly name?: string;
  readonly bio?: string;
  readonly avatarUrl?: string;
  readonly avatarPath?: string;
}

/** What the wallet signs: exactly what it gave. */
export function profileMessage({ name, bio, avatarUrl, avatarPath }: ProfileParams): MessageParams {
  return {
    ...(name === undefined ? {} : { name }),
    ...(bio === undefined ? {} : { bio }),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(avatarPath === undefined ? {} : { avatarPath }),
  };
}
