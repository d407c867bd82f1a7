import { DomainError, ValidationError } from '#src/common/errors/errors.js';

export function profileNotFound(wallet: string): DomainError {
  return new DomainError('profile_not_found', `Wallet ${wallet} has published no profile.`);
}

export function otherWallet(wallet: string): ValidationError {
  const message = `must be the wallet of the path, ${wallet}: a wallet publishes its own profile only`;
  return new ValidationError([{ path: 'wallet', message }]);
}

export function twoAvatars(prefix: string): ValidationError {
  const message = 'avatarUrl and avatarPath exclude each other: send one of them, or none';
  return new ValidationError([{ path: `${prefix}avatarPath`, message }]);
}

/** A text is worth one change, and only while no newer one was carried out. */
export function profileIsNewer(wallet: string): DomainError {
  return new DomainError(
    'signature_used',
    `Wallet ${wallet} has published this profile, or a newer one, already. Ask POST /api/signing-messages for a new text ` +
      'and sign that.',
  );
}
