import { ValidationError } from '#src/common/errors/errors.js';
import { normalizeText } from '#src/common/text/text.js';
import type { MessageParams } from '#src/signed-messages/signed-message.js';
import type { CreationParams } from './creation.dto.js';
import { personalMessage } from './personal-creation.js';
import { checkTotal, rewardMessage, totalUnlock } from './reward-creation.js';
import type { TokenTerms } from '#src/commitments/commitment/token-terms.js';
import {
  type PersonalParams,
  personalTerms,
  type RewardParams,
  rewardTerms,
  type Terms,
  type TermPolicy,
} from '#src/commitments/commitment/terms.js';

/** What the creator of a commitment chooses, in its normalized form. */
export type Chosen = PersonalParams | RewardParams;

/** The terms that follow from a choice, and the parameters to sign. */
export interface Draft {
  readonly terms: Terms;
  readonly message: MessageParams;
}

/**
 * The one stored form of what a client sent.
 * @param prefix of the paths of errors; ends with a dot or is empty
 * @throws ValidationError
 */
export function normalize(wallet: string, params: CreationParams, prefix: string): Chosen {
  const { destinationOnFail } = params;
  if (destinationOnFail === wallet) {
    const message = 'destinationOnFail must be another wallet than the one that commits';
    throw new ValidationError([{ path: `${prefix}destinationOnFail`, message }]);
  }
  const statement = params.statement ?? null;
  const common = { destinationOnFail, statement: statement === null ? null : normalizeText(statement) };
  if (params.kind === 'personal') {
    const { kind, amountLamports } = params;
    return { kind, ...common, amountLamports, deadline: new Date(params.deadline).toISOString() };
  }
  checkTotal(params.milestones, prefix);
  const { kind, tokenMint, creatorFeeMode } = params;
  const milestones = params.milestones.map(({ title, unlockLamports }) => ({
    title: normalizeText(title),
    unlockLamports,
  }));
  return { kind, tokenMint, creatorFeeMode, milestones, ...common };
}

/** @param token what is frozen of the token of a reward; null for a personal commitment */
export function draft(wallet: string, chosen: Chosen, policy: TermPolicy, token: TokenTerms | null): Draft {
  if (chosen.kind === 'personal' || token === null) {
    if (chosen.kind !== 'personal') throw new Error('the terms of a reward need its token');
    const terms = personalTerms(wallet, chosen, policy);
    return { terms, message: personalMessage(chosen, terms) };
  }
  const terms = rewardTerms(wallet, chosen, token, policy);
  return { terms, message: rewardMessage(chosen, terms) };
}

/** What the escrow is to pay out: the locked amount, or the sum of all milestones. */
export function promisedLamports(terms: Terms): number {
  return terms.kind === 'personal' ? terms.amountLamports : Number(totalUnlock(terms.milestones));
}
