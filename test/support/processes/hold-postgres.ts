import { startPostgres } from '#src/local/postgres/postgres.js';

// Starts a server and keeps it until this process ends, however it ends.
process.stdout.write('starting\n');
const { url } = await startPostgres();
process.stdout.write(`ready ${url}\n`);
setInterval(() => undefined, 60_000);
