import { ValidationError } from '../common/errors.js';
import { normalizeText } from '../common/text.js';
import type { MessageParams } from '../signed-messages/signed-message.js';
import type { CreationParams } from './creation.dto.js';
import { personalMessage } from './personal-creation.js';
import { checkTotal, rewardMessage, totalUnlock } from './reward-creation.js';
import {
  coversRewards,
  type PersonalParams,
  personalTerms,
  type RewardParams,
  rewardTerms,
  type StoredPolicy,
  type Terms,
  type TermPolicy,
} from './terms.js';

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

export function draft(wallet: string, chosen: Chosen, policy: TermPolicy): Draft {
  if (chosen.kind === 'personal') {
    const terms = personalTerms(wallet, chosen, policy);
    return { terms, message: personalMessage(chosen, terms) };
  }
  const terms = rewardTerms(wallet, chosen, policy);
  return { terms, message: rewardMessage(chosen, terms) };
}

/** The same under terms of an earlier time; null when that time knew no such commitments. */
export function earlierDraft(wallet: string, chosen: Chosen, policy: StoredPolicy): Draft | null {
  if (coversRewards(policy)) return draft(wallet, chosen, policy);
  if (chosen.kind !== 'personal') return null;
  const terms = personalTerms(wallet, chosen, policy);
  return { terms, message: personalMessage(chosen, terms) };
}

/** What the escrow is to pay out: the locked amount, or the sum of all milestones. */
export function promisedLamports(terms: Terms): number {
  return terms.kind === 'personal' ? terms.amountLamports : Number(totalUnlock(terms.milestones));
}
