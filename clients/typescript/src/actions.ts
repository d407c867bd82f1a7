import type {
  AvatarUploadDto,
  ClaimDto,
  CommitmentDto,
  CreatedCommitmentDto,
  DestinationChangeDto,
  DevVerifyDto,
  EnrolledDto,
  FailureDto,
  LaunchDto,
  PaidDto,
  PauseDto,
  PayoutDto,
  ProfileDto,
  ReleaseLockDto,
  ResolutionDto,
  RevocationDto,
  SessionsEndedDto,
  SignalledDto,
  SigningMessageRequest,
} from './generated/types.gen.js';

/** Everything that a wallet can sign for. */
export type Action = SigningMessageRequest['action'];

/** The parameters that an action takes, those of its path included. */
export type ParamsOf<A extends Action, Request = SigningMessageRequest> = Request extends {
  action: infer Name;
  params: infer Params;
}
  ? A extends Name
    ? Params
    : never
  : never;

/** What the route of an action answers. */
export interface Answers {
  'admin.commitment.failure': FailureDto;
  'admin.commitment.success': PaidDto;
  'admin.destination.change': DestinationChangeDto;
  'admin.failure.cancel': CommitmentDto;
  'admin.lock.clear': ReleaseLockDto;
  'admin.milestone.release': PaidDto;
  'admin.pause.create': PauseDto;
  'admin.pause.end': PauseDto;
  'admin.payout.resolve': ResolutionDto;
  'admin.payout.retry': PayoutDto;
  'admin.pumpfun.launch': LaunchDto;
  'admin.revocation.create': RevocationDto;
  'admin.session.end': SessionsEndedDto;
  'admin.stray.forward': PaidDto;
  'avatar.upload': AvatarUploadDto;
  'commitment.attest': CommitmentDto;
  'commitment.create': CreatedCommitmentDto;
  'dev.verify': DevVerifyDto;
  'distribution.claim': PaidDto;
  'distribution.enroll': EnrolledDto;
  'milestone.complete': CommitmentDto;
  'milestone.release': PaidDto;
  'milestone.signal': SignalledDto;
  'profile.update': ProfileDto;
  'pumpfun.claim': ClaimDto;
}

const COMMITMENT = '/api/commitments/{commitmentId}';
const MILESTONE = `${COMMITMENT}/milestones/{milestoneId}`;

/** Method and path of the route that carries an action out; the path names params of the action. */
const ROUTES: Readonly<Record<Action, `${'POST' | 'DELETE'} /api/${string}`>> = {
  'admin.commitment.failure': `POST ${COMMITMENT}/failure`,
  'admin.commitment.success': `POST ${COMMITMENT}/success`,
  'admin.destination.change': `POST ${COMMITMENT}/destination-changes`,
  'admin.failure.cancel': `DELETE ${COMMITMENT}/failure`,
  'admin.lock.clear': 'DELETE /api/admin/release-locks/{commitmentId}/{milestoneId}',
  'admin.milestone.release': `POST ${MILESTONE}/release`,
  'admin.pause.create': 'POST /api/admin/pauses',
  'admin.pause.end': 'DELETE /api/admin/pauses/{pauseId}',
  'admin.payout.resolve': 'POST /api/admin/payouts/{payoutId}/resolve',
  'admin.payout.retry': 'POST /api/admin/payouts/{payoutId}/retry',
  'admin.pumpfun.launch': 'POST /api/pumpfun/launch',
  'admin.revocation.create': 'POST /api/admin/revocations',
  'admin.session.end': 'DELETE /api/admin/sessions/{session}',
  'admin.stray.forward': `POST ${COMMITMENT}/stray-deposits/forward`,
  'avatar.upload': 'POST /api/profiles/avatar/upload-url',
  'commitment.attest': `POST ${COMMITMENT}/attest`,
  'commitment.create': 'POST /api/commitments',
  'dev.verify': 'POST /api/dev-verify',
  'distribution.claim': `POST ${COMMITMENT}/failure-distribution/claim`,
  'distribution.enroll': 'POST /api/commitments/{commitmentId}/failure-distribution/enroll',
  'milestone.complete': `POST ${MILESTONE}/complete`,
  'milestone.release': `POST ${MILESTONE}/release`,
  'milestone.signal': `POST ${MILESTONE}/signal`,
  'profile.update': 'POST /api/profiles/{wallet}',
  'pumpfun.claim': 'POST /api/pumpfun/claim',
};

/** The request of an action: params that its path names are taken out of the body. */
export function requestOf(action: Action, params: object, wallet: string) {
  const [method, pattern] = ROUTES[action].split(' ') as ['POST' | 'DELETE', string];
  const body: Record<string, unknown> = { ...params };
  const ids = { wallet, ...params } as Readonly<Record<string, string>>;
  const url = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete body[name];
    return encodeURIComponent(ids[name] ?? '');
  });
  return { method, url, body };
}
