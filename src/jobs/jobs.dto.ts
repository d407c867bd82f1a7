import { ApiProperty } from '@nestjs/swagger';
import type { JobRun, JobState } from './job.repository.js';
import type { Job } from './jobs.js';

export class JobRunDto {
  @ApiProperty({ format: 'uuid', description: 'requestId of what this run has written to the audit log.' })
  readonly id: string;

  @ApiProperty({ format: 'date-time' })
  readonly startedAt: string;

  @ApiProperty({ format: 'date-time' })
  readonly finishedAt: string;

  @ApiProperty()
  readonly ok: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the run answered, or `error`.',
  })
  readonly result: Readonly<Record<string, unknown>>;
}

export class JobDto {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: 'integer', description: 'From the start of one run to the start of the next.' })
  readonly periodSeconds: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Newer than all lastRuns while a run is in progress, or when the process died in it.',
  })
  readonly lastStartedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSuccessAt: string | null;

  @ApiProperty({ description: 'No success for three periods.' })
  readonly overdue: boolean;

  @ApiProperty({ type: [JobRunDto], description: 'The five newest that have ended, newest first.' })
  readonly lastRuns: readonly JobRunDto[];
}

export class JobList {
  @ApiProperty({ type: [JobDto] })
  readonly items: readonly JobDto[];
}

export function toJobDto(job: Job, state: JobState | undefined, runs: readonly JobRun[]): JobDto {
  return {
    name: job.name,
    periodSeconds: job.periodSeconds,
    lastStartedAt: state?.lastStartedAt?.toISOString() ?? null,
    lastSuccessAt: state?.lastSuccessAt?.toISOString() ?? null,
    overdue: state?.overdue ?? false,
    lastRuns: runs.map(({ id, startedAt, finishedAt, ok, result }) => ({
      id,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      ok,
      result,
    })),
  };
}
