import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { isProposal } from '#src/commitments/commitment/commitment.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';

export interface ProposalQuery {
  /** Who asks now. */
  readonly besides: string;
  /** Chain times: of the last calling off, and now. */
  readonly calledOffAt: Date;
  readonly at: Date;
}

/** What one admin has signed for a failure that takes two of them. */
@Injectable()
export class FailureProposals {
  constructor(
    private readonly acts: SignedActs,
    private readonly allowlist: Allowlist,
  ) {}

  /** Whether another admin, who still is one, has signed the same since the last failure was called off. */
  async isProposed(manager: EntityManager, commitmentId: string, query: ProposalQuery): Promise<boolean> {
    const admins = await this.allowlist.admins(manager);
    for (const { id, wallet, action, chainTime } of await this.acts.of(manager, commitmentId, false)) {
      if (action !== 'admin.commitment.failure' || wallet === query.besides || !admins.includes(wallet))
        continue;
      if (
        chainTime === null ||
        !isProposal(inSeconds(chainTime), inSeconds(query.calledOffAt), inSeconds(query.at))
      )
        continue;
      if ((await this.acts.provenById(manager, id)) !== null) return true;
    }
    return false;
  }
}

function inSeconds(time: Date): number {
  return time.getTime() / 1000;
}
