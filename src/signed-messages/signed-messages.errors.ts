import { DomainError, ValidationError } from '#src/common/errors/errors.js';
import { SIGNED_MESSAGE_WINDOW_MS } from './signed-message.js';

export function unknownAction(known: readonly string[]): DomainError {
  return new DomainError('unknown_action', `There is no such action. Known actions: ${known.join(', ')}.`);
}

export function messageExpired(issuedAt: Date, now: Date): DomainError {
  return new DomainError(
    'message_expired',
    `The message was issued at ${issuedAt.toISOString()} and is good for ${SIGNED_MESSAGE_WINDOW_MS / 60_000} minutes ` +
      `either side; it is ${now.toISOString()} here. Ask POST /api/signing-messages for a new one and sign that.`,
  );
}

export function invalidSignature(wallet: string): DomainError {
  return new DomainError(
    'invalid_signature',
    `The signature is not one of wallet ${wallet} over the message for this request. Sign the text that ` +
      'POST /api/signing-messages answers for the same wallet and parameters, and send its issuedAt.',
  );
}

export function badIssuedAt(): ValidationError {
  return new ValidationError([
    { path: 'issuedAt', message: 'issuedAt must be an RFC 3339 UTC time such as 2026-11-22T10:00:00.000Z' },
  ]);
}

export function messageUsed(): DomainError {
  return new DomainError(
    'signature_used',
    'This signed message has been carried out already. Ask POST /api/signing-messages for a new one and sign that.',
  );
}
