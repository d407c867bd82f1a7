import { IsId } from '#src/common/input/fields.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What an admin signs who decides on a commitment as a whole. */
@ParamsOf('admin.commitment.success', 'admin.failure.cancel', 'admin.stray.forward')
export class CommitmentActParams {
  @IsId()
  readonly commitmentId: string;
}

/** What an admin signs who decides on one milestone. */
@ParamsOf('admin.milestone.release', 'admin.lock.clear', 'milestone.release')
export class MilestoneActParams extends CommitmentActParams {
  @IsId()
  readonly milestoneId: string;
}

/** What an admin signs who decides on one payout. */
@ParamsOf('admin.payout.retry')
export class PayoutActParams {
  @IsId()
  readonly payoutId: string;
}
