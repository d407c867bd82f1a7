import type { Landing } from '#src/chain/port/chain.js';
import type { SignatureStatus } from '#src/chain/port/signature-status.js';
import { RpcUnavailableError } from '#src/chain/port/chain.errors.js';
import { lookUpStatuses } from '#src/chain/death/signature-lookup.js';
import { agreeOnLanding } from './agreed-landing.js';
import type { Voices } from './voices.js';

/** What has become of each transaction, by every voice. @throws RpcUnavailableError when no voice answers */
export async function readLandings(
  voices: Voices,
  signatures: readonly string[],
  history: boolean,
): Promise<Landing[]> {
  if (signatures.length === 0) return [];
  const { hearing, standing } = await voices.hear('getSignatureStatuses', (voice) =>
    lookUpStatuses(voice, signatures, history),
  );
  if (standing === 'none')
    throw new RpcUnavailableError(
      'getSignatureStatuses',
      hearing.silences.map(({ voice, reason }) => `${voice}: ${reason}`),
    );
  return signatures.map((_, index) => {
    const words = hearing.words.map(({ voice, answer }) => ({
      voice,
      answer: answer[index] ?? ({ state: 'absent' } satisfies SignatureStatus),
    }));
    return agreeOnLanding({ words, silences: hearing.silences }, standing);
  });
}
