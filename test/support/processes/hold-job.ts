import { JobReplica } from '../worlds/job-replica.js';

// Runs a job that never ends, until this process is killed. Arguments: database URL, name of the job.
const [url = '', name = ''] = process.argv.slice(2);
const { runner } = new JobReplica(url);
const outcome = await runner.run(name, 1, async () => {
  process.stdout.write('running\n');
  return new Promise(() => setInterval(() => undefined, 60_000));
});
process.stdout.write(`ended: ${outcome}\n`);
