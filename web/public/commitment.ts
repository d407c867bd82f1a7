import {
  type CommitmentDto,
  getCommitment,
  getFailureDistribution,
  hasCode,
  listCommitmentPayouts,
  listTimeline,
  type PayoutDto,
  type ShareDto,
  type TimelineEventDto,
} from '#client';
import { api, explain, to } from '../shared/api.js';
import { useCallback, useEffect, useState } from '../shared/html.js';

export type Reward = Extract<CommitmentDto, { kind: 'creator_reward' }>;
export type Personal = Extract<CommitmentDto, { kind: 'personal' }>;
export type Milestone = Reward['milestones'][number];

/** What a failed commitment owes to holders. */
export interface Shares {
  readonly all: readonly ShareDto[];
  readonly unclaimedLamports: number;
}

export interface Seen {
  readonly commitment: CommitmentDto;
  readonly payouts: readonly PayoutDto[];
  readonly events: readonly TimelineEventDto[];
  /** Undefined where nothing has failed, or not yet. */
  readonly shares: Shares | undefined;
}

const REFRESH_MS = 20_000;

/** A commitment with what belongs to it, read again now and then, and whenever something was done. */
export function useCommitment(id: string) {
  const [seen, setSeen] = useState<Seen>();
  const [error, setError] = useState<string>();
  const refresh = useCallback(() => {
    const read = async () => {
      try {
        setSeen(await look(id));
        setError(undefined);
      } catch (failure) {
        setError(explain(failure));
      }
    };
    void read();
  }, []);
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return { seen, error, refresh };
}

async function look(id: string): Promise<Seen> {
  const of = { ...to, path: { id } };
  const commitment = await api.take(getCommitment(of));
  const [payouts, timeline, shares] = await Promise.all([
    api.take(listCommitmentPayouts({ ...of, query: { limit: 50 } })),
    api.take(listTimeline({ ...to, query: { commitmentId: id, limit: 20 } })),
    commitment.kind === 'creator_reward' && commitment.status === 'failed' ? sharesOf(id) : undefined,
  ]);
  return { commitment, payouts: payouts.items, events: timeline.items, shares };
}

async function sharesOf(id: string): Promise<Shares | undefined> {
  const all: ShareDto[] = [];
  let cursor: string | undefined;
  try {
    for (;;) {
      const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
      const page = await api.take(getFailureDistribution({ ...to, path: { id }, query }));
      if (page.status !== 'frozen') return undefined;
      all.push(...page.shares);
      if (page.nextCursor === null) return { all, unclaimedLamports: page.unclaimedLamports };
      cursor = page.nextCursor;
    }
  } catch (error) {
    if (hasCode(error, 'distribution_not_found')) return undefined;
    throw error;
  }
}
