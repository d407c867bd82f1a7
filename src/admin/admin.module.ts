import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { AccessGuard } from './access.guard.js';
import { AdminController } from './admin.controller.js';
import { AdminNonce } from './admin-nonce.entity.js';
import { AdminPurge } from './admin.purge.js';
import { AdminRepository } from './admin.repository.js';
import { AdminSession } from './admin-session.entity.js';
import { AdminSessions } from './admin-sessions.service.js';
import { SessionCookie } from './session-cookie.service.js';
import { SignInService } from './sign-in.service.js';

/** Admin sign-in, sessions, and the guard that every route passes. */
@Module({
  imports: [TypeOrmModule.forFeature([AdminNonce, AdminSession]), AuditModule, RateLimitModule],
  controllers: [AdminController],
  providers: [AccessGuard, AdminPurge, AdminRepository, AdminSessions, SessionCookie, SignInService],
  exports: [AccessGuard, AdminPurge, AdminSessions, SessionCookie],
})
export class AdminModule {}
