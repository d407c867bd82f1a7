import { SignedBody } from '#src/common/input/fields.js';
import { IsReason } from '#src/common/input/public-text.js';
import { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const REASON = 'Why the commitment has failed; part of the signed text.';

/** What an admin signs who decides that a commitment has failed. */
@ParamsOf('admin.commitment.failure')
export class FailureActParams extends CommitmentActParams {
  @IsReason(REASON, { optional: true })
  readonly reason?: string;
}

export class FailureBody extends SignedBody {
  @IsReason(REASON, { optional: true })
  readonly reason?: string;
}
