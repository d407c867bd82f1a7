import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiNoBody, NoBody } from '#src/common/input/no-body.js';
import {
  AdminSessionAnswer,
  LoginRequest,
  NonceAnswer,
  NonceRequest,
  toNonceAnswer,
  toSessionAnswer,
} from '#src/admin/sessions/admin.dto.js';
import { AdminSessions, type SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';
import { CurrentAdmin } from '#src/admin/access/current-admin.decorator.js';
import { SessionCookie } from '#src/admin/sessions/session-cookie.service.js';
import { SignIn } from './sign-in.service.js';

@ApiTags('admin sign-in')
@Controller('admin')
export class AdminController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: AdminSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('nonce')
  @HttpCode(200)
  @Endpoint({
    access: 'public',
    limit: 'signIn',
    originChecked: 'when_sent',
    audit: 'admin_nonce',
    errors: ['validation_failed', 'origin_mismatch'],
  })
  @ApiOperation({
    operationId: 'requestSignInNonce',
    summary: 'A Sign-In With Solana message for any wallet; single use, 10 minutes',
  })
  @ApiOkResponse({ type: NonceAnswer })
  async nonce(@Body() body: NonceRequest): Promise<NonceAnswer> {
    return toNonceAnswer(await this.signIn.issueNonce(body.wallet));
  }

  @Post('login')
  @HttpCode(200)
  @Endpoint({
    access: 'public',
    limit: 'signIn',
    originChecked: 'always',
    audit: 'admin_login',
    errors: [
      'validation_failed',
      'malformed_signature',
      'nonce_expired',
      'invalid_signature',
      'not_an_admin',
      'origin_mismatch',
    ],
  })
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Opens an admin session for a signed message; the session is in a cookie',
  })
  @ApiOkResponse({
    type: AdminSessionAnswer,
    headers: { 'set-cookie': { description: 'cts_admin_session', schema: { type: 'string' } } },
  })
  async login(
    @Body() body: LoginRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminSessionAnswer> {
    return this.cookie.issue(reply, await this.signIn.login(body));
  }

  @Post('logout')
  @HttpCode(204)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_logout',
    errors: ['not_signed_in', 'not_an_admin', 'origin_mismatch'],
  })
  @ApiOperation({ operationId: 'signOut', summary: 'Ends the admin session of this request' })
  @ApiNoBody()
  @ApiNoContentResponse({ description: 'The session is gone and the cookie cleared.' })
  async logout(
    @CurrentAdmin() admin: SignedInAdmin,
    @Res({ passthrough: true }) reply: FastifyReply,
    @NoBody() _body: unknown,
  ): Promise<void> {
    await this.sessions.close(admin);
    this.cookie.clear(reply);
  }

  @Get('me')
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_me' })
  @ApiOperation({ operationId: 'getSignedInAdmin', summary: 'Who is signed in, and until when' })
  @ApiOkResponse({ type: AdminSessionAnswer })
  me(@CurrentAdmin() admin: SignedInAdmin): AdminSessionAnswer {
    return toSessionAnswer(admin);
  }
}
