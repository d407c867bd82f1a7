import { DomainError, ValidationError } from '#src/common/errors/errors.js';

export function nonceExpired(): DomainError {
  return new DomainError(
    'nonce_expired',
    'This sign-in nonce is unknown, expired, used already, or was issued to another wallet. ' +
      'Ask POST /api/admin/nonce for a new one and sign its message.',
  );
}

export function oneProof(): ValidationError {
  const message = 'must be there in the place of transaction, and not beside it';
  return new ValidationError([{ path: 'signature', message }]);
}

export function invalidSignature(wallet: string): DomainError {
  return new DomainError(
    'invalid_signature',
    `The signature is not one of wallet ${wallet} over the message that was issued with this nonce. ` +
      'The nonce is used up: ask POST /api/admin/nonce for a new one and sign its message unchanged.',
  );
}

/** @param wallet of the session @param action what its wallet has to sign */
export function invalidAct(wallet: string, action: string): DomainError {
  return new DomainError(
    'invalid_signature',
    `This request needs a signature of the signed-in wallet ${wallet} over ${action}. Ask POST /api/signing-messages for ` +
      'its text with the same parameters, sign it, and send wallet, issuedAt and signature in the body.',
  );
}

export function sessionNotFound(session: string): DomainError {
  return new DomainError(
    'session_not_found',
    `No session is open under ${session}: it has ended, or was never there. GET /api/admin/sessions lists the open ones.`,
  );
}

export function notSignedIn(): DomainError {
  return new DomainError(
    'not_signed_in',
    'There is no valid admin session in this request. Sign in with POST /api/admin/nonce and POST /api/admin/login.',
  );
}

export function wrongCronSecret(): DomainError {
  return new DomainError(
    'not_signed_in',
    'The x-cron-secret header does not hold the CRON_SECRET of this service. Correct it, or leave it out and sign in as an admin.',
  );
}

export function originMismatch(appOrigin: string): DomainError {
  return new DomainError(
    'origin_mismatch',
    `The Origin header must be ${appOrigin} for this request. Send it from that site, or set the header in a script.`,
  );
}

export function accessRuleMissing(): DomainError {
  return new DomainError(
    'access_rule_missing',
    'This route declares nobody who may call it, so it is closed. This is a fault of the service: report it.',
  );
}
