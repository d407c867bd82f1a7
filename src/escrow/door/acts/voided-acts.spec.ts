import { describe, expect, it } from 'vitest';
import type { ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { adminsOf, sortVoided } from './voided-acts.js';

const at = (seconds: number) => new Date(seconds * 1000);
function act(action: string, wallet: string, second: number): ProvenAct {
  const read = { action, host: 'h', wallet, issuedAt: at(second), params: new Map(), messageHash: action };
  return { id: `${action} ${wallet} ${second}`, act: read, acceptedAt: at(second), chainTime: null };
}

const before = act('admin.pause.end', 'thief', 9);
const after = act('admin.commitment.success', 'thief', 11);
const others = act('admin.commitment.success', 'admin', 11);
const asHolder = act('milestone.signal', 'thief', 11);
const ACTS = [before, after, others, asHolder];
const REVOCATIONS = [{ id: '1', admin: 'thief', voidFrom: at(10) }];
const PAYOUT = { purpose: 'personal_success' } as const;

describe('T16: acts of a revoked admin', () => {
  it('from the named time on do not count; earlier ones, those of others, and those as a holder do', () => {
    const { acts, voided } = sortVoided(ACTS, REVOCATIONS, PAYOUT, false);
    expect(voided).toEqual([after]);
    expect(acts).toEqual([before, others, asHolder]);
  });

  it('count for what has a signed transaction already, and for claims of a frozen distribution', () => {
    expect(sortVoided(ACTS, REVOCATIONS, PAYOUT, true)).toEqual({ acts: ACTS, voided: [] });
    const claim = { purpose: 'distribution_claim' } as const;
    expect(sortVoided(ACTS, REVOCATIONS, claim, false)).toEqual({ acts: ACTS, voided: [] });
  });

  it('are looked for by the wallets that acted as admins', () => {
    expect(adminsOf(ACTS)).toEqual(['thief', 'admin']);
  });
});
