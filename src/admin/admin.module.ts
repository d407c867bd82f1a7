import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#src/audit/audit.module.js';
import { AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { AccessGuard } from '#src/admin/access/access.guard.js';
import { AdminController } from './admin.controller.js';
import { AdminRevocation } from '#src/admin/allowlist/admin-revocation.entity.js';
import { AdminRevocationRepository } from '#src/admin/allowlist/admin-revocation.repository.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { Revocations } from '#src/admin/admins/revocations.service.js';
import { RevocationsController } from '#src/admin/admins/revocations.controller.js';
import { SessionList } from '#src/admin/admins/session-list.service.js';
import { SessionsController } from '#src/admin/admins/sessions.controller.js';
import { AdminNonce } from '#src/admin/sessions/admin-nonce.entity.js';
import { AdminPurge } from '#src/admin/sessions/admin.purge.js';
import { AdminRepository } from '#src/admin/sessions/admin.repository.js';
import { AdminSession } from '#src/admin/sessions/admin-session.entity.js';
import { AdminSessions } from '#src/admin/sessions/admin-sessions.service.js';
import { SessionCookie } from '#src/admin/sessions/session-cookie.service.js';
import { SignIn } from './sign-in.service.js';

/** Admin sign-in, sessions, and the guard that every route passes. */
@Module({
  imports: [
    TypeOrmModule.forFeature([AdminNonce, AdminRevocation, AdminSession]),
    AuditModule,
    RateLimitModule,
    SignedMessagesModule,
  ],
  controllers: [AdminController, RevocationsController, SessionsController],
  providers: [
    AccessGuard,
    AdminActs,
    AdminPurge,
    AdminRepository,
    AdminRevocationRepository,
    AdminSessions,
    Allowlist,
    Revocations,
    SessionCookie,
    SessionList,
    SignIn,
  ],
  exports: [AccessGuard, AdminActs, AdminPurge, AdminSessions, Allowlist, SessionCookie],
})
export class AdminModule {}
