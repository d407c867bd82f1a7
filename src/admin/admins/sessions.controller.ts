import { Controller, Delete, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAdmin } from '#src/admin/access/current-admin.decorator.js';
import type { AdminAct } from '#src/admin/acts/admin-acts.service.js';
import { CurrentAct } from '#src/admin/acts/current-act.decorator.js';
import type { SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';
import { Endpoint } from '#src/common/endpoint.js';
import { type SessionActParams, SessionsDto, SessionsEndedDto } from './sessions.dto.js';
import { SessionList } from './session-list.service.js';

@ApiTags('admins')
@Controller('admin/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionList) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_sessions' })
  @ApiOperation({ operationId: 'listSessions', summary: 'Who is signed in, since when and until when' })
  @ApiOkResponse({ type: SessionsDto })
  async list(@CurrentAdmin() admin: SignedInAdmin): Promise<SessionsDto> {
    return this.sessions.list(admin);
  }

  @Delete(':session')
  @Endpoint({
    access: 'admin',
    act: 'admin.session.end',
    limit: 'admin',
    audit: 'admin_session_end',
    errors: ['validation_failed', 'session_not_found'],
  })
  @ApiOperation({ operationId: 'endSession', summary: 'Ends one session by its handle, or all of a wallet' })
  @ApiOkResponse({ type: SessionsEndedDto })
  async end(@CurrentAct() act: AdminAct<SessionActParams>): Promise<SessionsEndedDto> {
    return this.sessions.end(act);
  }
}
