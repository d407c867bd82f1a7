import { DEFAULT_ROLE } from './role-sql.js';

/** Whom DATABASE_URL connects as. */
export interface AppUser {
  readonly role: string;
  readonly password: string;
}

// Supabase's pooler tells databases apart by what follows the last dot of the user.
const TENANT_POOLER = /\.pooler\.supabase\.com$/i;

/** The user that a URL of a database names; `cts_app` when it names none. */
export function appUserOf(databaseUrl: string): AppUser {
  const { username, password, hostname } = new URL(databaseUrl);
  const name = decodeURIComponent(username);
  const role = TENANT_POOLER.test(hostname) ? name.replace(/\.[^.]*$/, '') : name;
  return { role: role === '' ? DEFAULT_ROLE : role, password: decodeURIComponent(password) };
}
