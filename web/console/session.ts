import { type AdminSessionAnswer, getSignedInAdmin, hasCode, signOut } from '#client';
import { api, to } from '../shared/api.js';
import { useCallback, useEffect, useState } from '../shared/html.js';

/** `null`: nobody is signed in. */
export type SessionState = AdminSessionAnswer | null | 'unknown';

/** Whether an error says that this browser has no admin's session any more. */
export function endsSession(error: unknown): boolean {
  return hasCode(error, 'not_signed_in', 'not_an_admin');
}

/** Why the last session is over, for the person who was in the middle of something. */
function reasonOf(error: unknown): string {
  return hasCode(error, 'not_an_admin')
    ? 'This wallet is not an admin any more.'
    : 'Your session has ended. Sign in again; nothing that you had signed is lost.';
}

export function useSession() {
  const [session, setSession] = useState<SessionState>('unknown');
  const [reason, setReason] = useState<string>();
  useEffect(() => {
    api.take(getSignedInAdmin(to)).then(setSession, () => setSession(null));
  }, []);
  const open = useCallback((answer: AdminSessionAnswer) => {
    setReason(undefined);
    setSession(answer);
  }, []);
  const lose = useCallback((error: unknown) => {
    setReason(reasonOf(error));
    setSession(null);
  }, []);
  const leave = useCallback(async () => {
    try {
      await api.take(signOut({ ...to, headers: { Origin: location.origin } }));
      setReason('You have signed out.');
      setSession(null);
    } catch (error) {
      lose(error);
    }
  }, []);
  return { session, reason, open, lose, leave };
}
