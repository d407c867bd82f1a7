import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '#config/settings.js';
import { toSessionAnswer, type AdminSessionAnswer } from './admin.dto.js';
import type { OpenedSession } from './admin-sessions.service.js';

export const SESSION_COOKIE = 'cts_admin_session';

/** Carries the session id in a cookie that scripts cannot read and other sites cannot send. */
@Injectable()
export class SessionCookie {
  constructor(private readonly settings: Settings) {}

  read(request: FastifyRequest): unknown {
    return request.cookies[SESSION_COOKIE];
  }

  /** Sets the cookie and gives the answer's body, which does not hold the id. */
  issue(reply: FastifyReply, session: OpenedSession): AdminSessionAnswer {
    const maxAge = this.settings.env.ADMIN_SESSION_TTL_SECONDS;
    void reply.setCookie(SESSION_COOKIE, session.id, { ...this.attributes(), maxAge });
    return toSessionAnswer(session);
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.attributes());
  }

  private attributes() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.settings.isProduction } as const;
  }
}
