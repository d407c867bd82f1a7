import { DomainError, ValidationError } from './errors.js';

export function malformedSignature(): DomainError {
  return new DomainError(
    'malformed_signature',
    'The signature is not the base58 text of 64 bytes. Send the Ed25519 signature that the wallet made, in base58.',
  );
}

export function notAWallet(): ValidationError {
  return new ValidationError([
    {
      path: 'wallet',
      message: 'wallet must be the address of a key that can sign (a point on the Ed25519 curve)',
    },
  ]);
}
