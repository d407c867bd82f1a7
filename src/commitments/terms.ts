import { createHash } from 'node:crypto';
import { canonicalJson } from '../common/canonical-json.js';

/** The configured part of the terms: copied into a commitment when it is created, never read again for it. */
export interface TermPolicy {
  readonly [name: string]: string | number;
  readonly cluster: string;
  readonly decisionWindowSeconds: number;
}

/** What the creator of a personal commitment chooses, in its normalized form. */
export interface PersonalParams {
  readonly kind: 'personal';
  readonly destinationOnFail: string;
  readonly amountLamports: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly deadline: string;
  readonly statement: string | null;
}

/** Everything that decides money, fixed for the life of the commitment. */
export interface PersonalTerms {
  readonly [name: string]: string | number | null;
  readonly version: 1;
  readonly kind: 'personal';
  readonly cluster: string;
  readonly wallet: string;
  readonly destinationOnFail: string;
  readonly amountLamports: number;
  readonly deadline: string;
  readonly statement: string | null;
  readonly decisionWindowSeconds: number;
}

export function personalTerms(wallet: string, params: PersonalParams, policy: TermPolicy): PersonalTerms {
  return {
    version: 1,
    kind: 'personal',
    cluster: policy.cluster,
    wallet,
    destinationOnFail: params.destinationOnFail,
    amountLamports: params.amountLamports,
    deadline: params.deadline,
    statement: params.statement,
    decisionWindowSeconds: policy.decisionWindowSeconds,
  };
}

/** SHA-256 (hex) of the canonical JSON: what the creator's signature covers. */
export function termsHash(terms: PersonalTerms): string {
  return sha256(canonicalJson(terms));
}

export function policyHash(policy: TermPolicy): string {
  return sha256(canonicalJson(policy));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
