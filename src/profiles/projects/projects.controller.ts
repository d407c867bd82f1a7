import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAdmin } from '#src/admin/access/current-admin.decorator.js';
import type { SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';
import { Endpoint, LARGEST_BODY } from '#src/common/endpoint.js';
import { AddressPipe } from '#src/common/input/address.pipe.js';
import { ProjectBody, ProjectDto } from './projects.dto.js';
import { Projects } from './projects.service.js';

@ApiTags('profiles')
@Controller('projects')
export class ProjectsController {
  constructor(private readonly projects: Projects) {}

  @Get(':mint')
  @Endpoint({ access: 'public', limit: 'read', errors: ['project_not_found'] })
  @ApiOperation({ operationId: 'getProject', summary: 'The public page of a token’s project' })
  @ApiOkResponse({ type: ProjectDto })
  async get(@Param('mint', AddressPipe) mint: string): Promise<ProjectDto> {
    return this.projects.get(mint);
  }

  @Put(':mint')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_project_update', bodyLimit: LARGEST_BODY })
  @ApiOperation({ operationId: 'putProject', summary: 'An admin writes the page, as a whole' })
  @ApiOkResponse({ type: ProjectDto })
  async put(
    @Param('mint', AddressPipe) mint: string,
    @Body() page: ProjectBody,
    @CurrentAdmin() { wallet }: SignedInAdmin,
  ): Promise<ProjectDto> {
    return this.projects.put(mint, page, wallet);
  }
}
