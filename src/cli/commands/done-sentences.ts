/** What a command that changes something says it has done: a sentence on stderr, beside its result. */
import { count, sol } from '#src/cli/text/words.js';

type Result = Readonly<Record<string, unknown>>;

const payment = ({ id, amountLamports, destination, status, signature }: Result): string => {
  if (amountLamports === undefined) return 'Done; there was nothing to pay.';
  const by = typeof signature === 'string' ? `, ${signature}` : '';
  return `${sol(Number(amountLamports))} to ${String(destination)}: payout ${String(id)} is ${String(status)}${by}.`;
};

/** Of a reward commitment it is to come; by the first of two admins it is not even announced. */
const failure = (result: Result): string => {
  const { id, status, failureEffectiveAt } = (result['commitment'] ?? {}) as Result;
  if (typeof failureEffectiveAt === 'string')
    return `The failure of commitment ${String(id)} is announced, and takes effect at ${failureEffectiveAt}.`;
  if (status === 'active') return 'Your word is kept: one more admin has to announce this failure.';
  return payment(result);
};

/** By the words of the command. */
export const DONE_SENTENCES: Readonly<Record<string, (result: Result) => string>> = {
  'commitments success': payment,
  'commitments failure': failure,
  'commitments call-off': ({ id }) => `The failure of commitment ${String(id)} is called off.`,
  'destinations change': ({ replaces, destination, inForce }) =>
    inForce === true
      ? `${String(destination)} is paid instead of ${String(replaces)}, until that one can be paid again.`
      : 'Your word is kept: one more admin has to sign the same.',
  'pumpfun reserve': ({ mint, creator }) => `Mint ${String(mint)} is kept for ${String(creator)}.`,
  'pumpfun launch': ({ mint, commitmentId }) =>
    `Coin ${String(mint)} is being launched. Look again: npm run ops -- pumpfun show ${String(commitmentId)}`,
  'stray forward': payment,
  'rewards release': payment,
  'payouts retry': payment,
  'payouts resolve': ({ outcome, reason }) =>
    `The outcome is ${String(outcome)}${typeof reason === 'string' ? `: ${reason}` : ''}.`,
  'commitments sweep': ({ due, settled, refused }) =>
    `${count(Number(due), 'commitment was', 'commitments were')} due: ${String(settled)} settled, ${String(refused)} refused.`,
  'rewards normalize': ({ due, unlocked, held }) =>
    `${count(Number(due), 'milestone was', 'milestones were')} due: ${String(unlocked)} unlocked, ${String(held)} held.`,
  recover: ({ looked, items }) =>
    `${count(Number(looked), 'commitment was', 'commitments were')} looked at, and ${count((items as unknown[]).length, 'unknown transaction')} found.`,
  'pauses create': ({ id, scope, endsAt }) =>
    `Payouts are paused (${String(scope)}) by pause ${String(id)}, until another admin ends it, or until ${String(endsAt)}.`,
  'pauses end': ({ id }) => `Pause ${String(id)} is ended: what waited continues within seconds.`,
  'locks clear': ({ milestoneId, payoutId }) =>
    `Payout ${String(payoutId)} is cancelled, and milestone ${String(milestoneId)} claimable again.`,
  'admins revoke': ({ admin }) => `${String(admin)} is shut out of every replica, and its sessions are gone.`,
  'sessions end': ({ ended }) => `${count(Number(ended), 'session is', 'sessions are')} ended.`,
  'limits forgive': ({ forgiven }) => `${count(Number(forgiven), 'window')} forgiven.`,
  'escrow-keys rotate': () => 'Every escrow key is sealed with the newest secret.',
  'escrow-keys check': ({ checked }) =>
    `${count(Number(checked), 'escrow key')} opened, each of its address.`,
  'webhooks resend': ({ id }) => `Event ${String(id)} is due again.`,
  'webhooks enable': () => 'The receiver is switched on: what waited is sent now.',
  'webhooks test': ({ id, status }) => `Test event ${String(id)} is ${String(status)}.`,
};
