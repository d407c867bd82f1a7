import type { Landing } from '#src/chain/port/chain.js';
import type { DeathFinding, Witness } from '#src/chain/port/death.js';

/** What is to become of a payout whose transaction has vanished, or that nobody could decide. */
export type Resolution =
  | { readonly outcome: 'landed'; readonly state: 'confirmed' | 'finalized'; readonly slot: bigint }
  | { readonly outcome: 'dead'; readonly rule: string; readonly finalizedHeight: bigint }
  | { readonly outcome: 'undecided'; readonly reason: string };

/** The transaction in question, and where it stands among the signatures that the proof was asked about. */
export interface Questioned {
  readonly signatures: readonly string[];
  readonly signature: string;
}

/**
 * By the words of all voices; with `oneWitness`, by those that speak, and only where none of them says otherwise.
 * Death is the proof's to tell: here it only has to fit what the voices say of the transaction.
 */
export function resolutionOf(
  asked: Questioned,
  landing: Landing,
  finding: DeathFinding,
  oneWitness: boolean,
): Resolution {
  if (landing.state === 'finalized' && landing.alone !== true)
    return { outcome: 'landed', state: 'finalized', slot: landing.slot };
  const slot = oneWitness ? finalizedSlot(asked, finding.witnesses) : null;
  if (slot !== null) return { outcome: 'landed', state: 'finalized', slot };
  if (landing.state === 'confirmed' && landing.alone !== true)
    return { outcome: 'landed', state: 'confirmed', slot: landing.slot };
  if (finding.verdict === 'dead' && landing.state === 'absent') {
    const { rule, finalizedHeight } = finding;
    return { outcome: 'dead', rule: oneWitness ? `${rule}, one witness` : rule, finalizedHeight };
  }
  return { outcome: 'undecided', reason: reasonOf(landing, finding) };
}

/** The slot in which every voice that speaks has it finalized without an error; null where one does not. */
function finalizedSlot({ signatures, signature }: Questioned, witnesses: readonly Witness[]): bigint | null {
  const index = signatures.indexOf(signature);
  const statuses = witnesses.flatMap((witness) =>
    'testimony' in witness ? [witness.testimony.statuses[index]] : [],
  );
  const slots = statuses.map((status) =>
    status?.state === 'finalized' && status.error === null ? status.slot : null,
  );
  const [first = null] = slots;
  return slots.every((slot) => slot !== null && slot === first) ? first : null;
}

function reasonOf(landing: Landing, finding: DeathFinding): string {
  const told = 'reason' in landing ? `${landing.reason}; ` : `its state is ${landing.state}; `;
  if (finding.verdict === 'unknown') return `${told}the proof that it is dead: ${finding.reason}`;
  if (finding.verdict === 'landed')
    return `${told}a voice shows it as finalized, and the others have to say so too`;
  return `${told}the proof says that it is dead, and that does not fit`;
}
