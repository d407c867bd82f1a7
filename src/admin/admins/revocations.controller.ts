import { Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import { Endpoint } from '#src/common/endpoint.js';
import {
  CreateRevocationBody,
  type RevocationActParams,
  RevocationDto,
  RevocationsDto,
} from './revocations.dto.js';
import { Revocations } from './revocations.service.js';

@ApiTags('admins')
@Controller('admin/revocations')
export class RevocationsController {
  constructor(private readonly revocations: Revocations) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_revocations' })
  @ApiOperation({
    operationId: 'listRevocations',
    summary: 'Admins that were shut out, the newest first, at most 200',
  })
  @ApiOkResponse({ type: RevocationsDto })
  async list(): Promise<RevocationsDto> {
    return this.revocations.list();
  }

  @Post()
  @Endpoint({
    access: 'admin',
    act: 'admin.revocation.create',
    body: CreateRevocationBody,
    limit: 'admin',
    audit: 'admin_revocation_create',
    errors: ['validation_failed', 'last_admin'],
  })
  @ApiOperation({ operationId: 'createRevocation', summary: 'Shuts an admin out, on every replica at once' })
  @ApiCreatedResponse({
    type: RevocationDto,
    description: 'The wallet is no admin any more, and its sessions are gone.',
  })
  async create(@CurrentAct() act: AdminAct<RevocationActParams>): Promise<RevocationDto> {
    return this.revocations.create(act);
  }
}
