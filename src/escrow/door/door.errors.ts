import { DomainError } from '#src/common/errors/errors.js';
import type { Refusal } from './checks/check.js';

/** What was found of forged rows goes along: it is what the person on call needs first. */
export function signingRefused(what: string, refusal: Refusal, forged: readonly string[] = []): DomainError {
  const found = forged.length === 0 ? '' : ` Found in the tables: ${forged.slice(0, 5).join('; ')}.`;
  return new DomainError(
    'signing_refused',
    `The signing door does not sign for ${what}: ${refusal.reason} (check ${refusal.check}).${found} ` +
      'No money has moved. See RUNBOOK.md, escrow_signing_refused_error.',
    { check: refusal.check },
  );
}
