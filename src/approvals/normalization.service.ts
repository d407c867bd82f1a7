import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { NormalizationDto, NormalizeRewardsBody } from './unlocking.dto.js';
import { UnlockingService } from './unlocking.service.js';

/** A run of unlocking that an admin or an outside scheduler asks for. */
@Injectable()
export class NormalizationService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly unlocking: UnlockingService,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `commitment_not_found`, `rpc_unavailable` */
  async normalize({ commitmentId, limit }: NormalizeRewardsBody): Promise<NormalizationDto> {
    if (commitmentId !== undefined) await this.commitments.get(commitmentId);
    const result = await this.unlocking.run({ commitmentId, limit, pausedToo: true });
    // The run changed each milestone with an audit row of its own; this one tells who asked for it.
    await this.audit.recordAlone({
      event: 'admin_normalize_rewards_ok',
      ...(commitmentId === undefined ? {} : { commitmentId }),
      fields: { ...result, limit },
    });
    return result;
  }
}
