import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { JobList } from './jobs.dto.js';
import { Jobs } from './jobs.service.js';

@ApiTags('operations')
@Controller('admin/jobs')
export class JobsController {
  constructor(private readonly jobs: Jobs) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_jobs' })
  @ApiOperation({
    operationId: 'listJobs',
    summary: 'Every scheduled job: its last success, its last runs, and whether it is overdue',
  })
  @ApiOkResponse({ type: JobList })
  list(): Promise<JobList> {
    return this.jobs.list();
  }
}
