import { createJobPool, createQuickPool } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { RandomIds } from '#src/common/ids.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import { JobLocks } from '#src/jobs/job-locks.service.js';
import { JobRepository } from '#src/jobs/job.repository.js';
import { JobRunner } from '#src/jobs/job-runner.service.js';

/** The part of a replica that runs jobs, with connections of its own. */
export class JobReplica {
  readonly jobs: JobRepository;
  readonly runner: JobRunner;
  private readonly quick: QuickDatabase;
  private readonly locks: JobLocks;

  constructor(databaseUrl: string) {
    const environment = parseEnvironment({ DATABASE_URL: databaseUrl });
    this.quick = new QuickDatabase(createQuickPool(environment, 1_000), 1_000);
    this.locks = new JobLocks(createJobPool(environment, 4));
    this.jobs = new JobRepository(this.quick);
    this.runner = new JobRunner(this.locks, this.jobs, new RandomIds());
  }

  async stop(): Promise<void> {
    await this.locks.onApplicationShutdown();
    await this.quick.onApplicationShutdown();
  }
}
