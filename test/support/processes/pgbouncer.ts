import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pollUntil } from '#src/local/support/poll.js';
import { freePort } from '../ports.js';
import { withClient } from '../sql.js';
import { asServerUser, serverFolder, startAsServer } from './system-programs.js';

export interface PgBouncer {
  /** The database, through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

/** PgBouncer in transaction mode with as few connections to the server as given. */
export async function startPgBouncer(databaseUrl: string, poolSize: number): Promise<PgBouncer> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = serverFolder();
  const listen = await freePort();
  const database = pathname.slice(1);
  const configuration = join(folder.path, 'pgbouncer.ini');
  write(join(folder.path, 'users'), `"${username}" "${decodeURIComponent(password)}"\n`);
  write(
    configuration,
    `[databases]
${database} = host=${hostname} port=${port || 5432} dbname=${database}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder.path, 'users')}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
query_wait_timeout = 20
`,
  );
  const child = startAsServer('pgbouncer', [configuration]);
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${listen}`;
  await pollUntil('PgBouncer answers', async () =>
    withClient(url.href, () => Promise.resolve(true)).catch(() => undefined),
  );
  return {
    url: url.href,
    stop: async () => {
      await child.kill();
      folder.remove();
    },
  };
}

function write(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  const { uid, gid } = asServerUser();
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
