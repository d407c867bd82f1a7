/** Pure rule of the acts that a commitment's head counts. */
import type { SignedAction } from './signed-message.js';

/** Acts of holders, of which there may be thousands: without one of them nobody gets more than with it. */
export const HOLDERS_ACTIONS: readonly SignedAction[] = [
  'milestone.signal',
  'distribution.enroll',
  'distribution.claim',
];

/** Whether something may rest on the absence of such an act. */
export function isHeaded({ action }: { readonly action: string }): boolean {
  return !(HOLDERS_ACTIONS as readonly string[]).includes(action);
}
