import { useEffect, useState } from '../shared/html.js';

/** Where one is: `#/payouts?status=stopped` is the screen `payouts` with that query. */
export interface Place {
  readonly screen: string;
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen = '', id] = path.split('/');
  return {
    screen: screen === '' ? 'overview' : screen,
    id: id === undefined || id === '' ? undefined : decodeURIComponent(id),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** @param query members that are undefined or empty are left out */
export function hashOf(screen: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given as [string, string][]).toString();
  return `#/${screen}${text === '' ? '' : `?${text}`}`;
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return place;
}
