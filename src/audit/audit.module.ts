import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { AuditFailureService } from './audit-failure.service.js';
import { AuditLog } from './audit.entity.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuditLog]), RateLimitModule],
  providers: [AuditRepository, AuditService, AuditFailureService],
  exports: [AuditService, AuditFailureService],
})
export class AuditModule {}
