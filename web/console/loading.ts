import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type CommitmentDto, getCommitment } from '#client';
import { api, explain, to } from '../shared/api.js';
import { html, useCallback, useEffect, useState, type VNode } from '../shared/html.js';
import type { Act } from '../shared/act-dialog.js';
import { endsSession } from './session.js';

/** What every screen needs of the console around it. */
export interface Desk {
  /** The wallet of the session: it signs the acts. */
  readonly wallet: string;
  readonly perform: (act: Act) => void;
  readonly lose: (error: unknown) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('no desk around this screen');
  return desk;
}

/** What an act needs beside the wallet that signs and what follows it. */
export type Plan = Omit<Act, 'address' | 'onDone'>;

/**
 * Opens an act about a commitment as it is now: amounts of a page that was opened an hour ago would be no amounts.
 * @param plan makes the act of the commitment, which is the given one where it cannot be read
 */
export function useActs<C extends CommitmentDto>(commitment: C, onDone: () => void) {
  const { wallet: address, perform } = useDesk();
  return async (plan: (fresh: C) => Plan) => {
    const path = { id: commitment.id };
    const fresh = await api.take(getCommitment({ ...to, path })).catch(() => commitment);
    perform({ ...plan(fresh as C), address, onDone });
  };
}

export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
  readonly reload: () => void;
}

/** Asks the service, again whenever `key` changes; what was there stays until the next answer. */
export function useAsked<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const { lose } = useDesk();
  const [state, setState] = useState<{ key: string; data?: T; error?: string }>({ key });
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      try {
        const data = await ask();
        if (!isOver) setState({ key, data });
      } catch (error) {
        if (endsSession(error)) lose(error);
        else if (!isOver) setState({ key, error: explain(error) });
      }
    };
    void load();
    return () => {
      isOver = true;
    };
  }, [key, count]);
  const reload = useCallback(() => setCount((before) => before + 1), []);
  const isCurrent = state.key === key;
  return { data: isCurrent ? state.data : undefined, error: isCurrent ? state.error : undefined, reload };
}

/** A screen that shows what was asked, or how that stands. */
export function shown<T>({ data, error, reload }: Asked<T>, show: (data: T) => VNode): VNode {
  if (data !== undefined) return show(data);
  if (error === undefined) return html`<p role="status">Loading…</p>`;
  return html`<p class="error" role="alert">${error}</p>
    <button type="button" onClick=${reload}>Try again</button>`;
}
