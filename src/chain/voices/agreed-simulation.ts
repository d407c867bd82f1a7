import type { SimulationResult } from '#src/chain/port/chain.js';
import { type Agreement, contradiction, type Hearing, silence, type Standing } from './hearing.js';

/** Whether a transaction would succeed, by every voice that says anything. */
export function agreeOnSimulation(
  hearing: Hearing<SimulationResult>,
  standing: Standing,
): Agreement<SimulationResult> {
  if (standing === 'none' || standing === 'too_early') return silence(hearing);
  const [first] = hearing.words;
  if (first === undefined) return silence(hearing);
  if (hearing.words.every(({ answer }) => answer.ok === first.answer.ok)) return { agreed: first.answer };
  const telling = hearing.words.map(
    ({ voice, answer }) => `${voice} says ${answer.ok ? 'it succeeds' : `it fails with ${answer.error}`}`,
  );
  return contradiction(telling.join(', '));
}
