import { Injectable } from '@nestjs/common';
import { JobRepository, type JobState } from './job.repository.js';
import { type JobList, toJobDto } from './jobs.dto.js';
import { JOBS } from './jobs.js';

const RUNS_SHOWN = 5;

/** How the jobs are doing. */
@Injectable()
export class Jobs {
  constructor(private readonly jobs: JobRepository) {}

  async list(): Promise<JobList> {
    const [states, runs] = await Promise.all([this.states(), this.jobs.findLastRuns(JOBS, RUNS_SHOWN)]);
    return {
      items: JOBS.map((job) =>
        toJobDto(
          job,
          states.find(({ name }) => name === job.name),
          runs.filter((run) => run.job === job.name),
        ),
      ),
    };
  }

  /** @throws DatabaseUnavailableError within a second */
  states(): Promise<JobState[]> {
    return this.jobs.findStates(JOBS);
  }
}
