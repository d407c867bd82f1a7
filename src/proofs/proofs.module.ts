import { Module } from '@nestjs/common';
import { AuditModule } from '#src/audit/audit.module.js';
import { ProofRepository } from './proof.repository.js';
import { ProofsController } from './proofs.controller.js';
import { Proofs } from './proofs.service.js';

/** What strangers need to check a commitment. */
@Module({
  imports: [AuditModule],
  controllers: [ProofsController],
  providers: [ProofRepository, Proofs],
})
export class ProofsModule {}
