import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import type { NormalizationDto, NormalizeRewardsBody } from './unlocking.dto.js';
import { Unlocking } from './unlocking.service.js';

/** A run of unlocking that an admin or an outside scheduler asks for. */
@Injectable()
export class Normalization {
  constructor(
    private readonly commitments: Commitments,
    private readonly unlocking: Unlocking,
    private readonly audit: Audit,
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
