import type { Witness } from '#src/chain/port/death.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import type { WitnessDto } from './resolutions.dto.js';

/** What one witness said, with every figure that counted. @param index of the signature in question */
export function witnessView(witness: Witness, index: number): WitnessDto {
  const { endpoint, voice } = witness;
  if (!('testimony' in witness)) return { endpoint, voice, silence: witness.silence };
  const { testimony } = witness;
  return {
    endpoint,
    voice,
    finalizedHeight: Number(testimony.finalizedHeightBefore),
    finalizedHeightAfter: Number(testimony.finalizedHeightAfter),
    finalizedSlot: Number(testimony.finalizedSlot),
    firstAvailableSlot: Number(testimony.firstAvailableSlot),
    statusSlot: Number(testimony.statusSlot),
    control: testimony.control.kind,
    status: statusText(testimony.statuses[index]),
    transactionsFound: testimony.transactionsFound,
    blockhashValid: testimony.validBlockhashes.length > 0,
  };
}

function statusText(status: SignatureStatus | undefined): string {
  if (status === undefined || status.state === 'absent') return 'absent';
  return status.error === null ? status.state : `${status.state}, failed: ${status.error}`;
}
