/* Generated of docs/openapi.json by npm run clients:generate. */
// @ts-nocheck

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type NonceRequest = {
    /**
     * The wallet that wants to sign in.
     */
    wallet: Address;
};

export type SignInInputDto = {
    domain: string;
    address: string;
    statement: string;
    uri: string;
    version: '1';
    /**
     * The Solana cluster.
     */
    chainId: string;
    nonce: string;
    issuedAt: string;
    expirationTime: string;
};

export type NonceAnswer = {
    nonce: string;
    /**
     * The Sign-In With Solana text to sign, unchanged.
     */
    message: string;
    /**
     * The fields of that text, for wallets that offer solana:signIn.
     */
    signInInput: SignInInputDto;
    transaction: string;
    expiresAt: string;
};

export type LoginRequest = {
    wallet: Wallet;
    /**
     * nonce of POST /api/admin/nonce.
     */
    nonce: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature?: Signature;
    /**
     * In the place of signature: the transaction of the nonce, unchanged and signed, base64.
     */
    transaction?: string;
};

export type AdminSessionAnswer = {
    wallet: string;
    expiresAt: string;
};

export type RevocationDto = {
    id: string;
    admin: string;
    voidFrom?: string;
    reason?: string;
    revokedBy: string;
    revokedAt: string;
    restored: boolean;
};

export type RevocationsDto = {
    items: Array<RevocationDto>;
};

export type RevocationActParams = {
    /**
     * The admin to shut out.
     */
    admin: Address;
    /**
     * Acts accepted then or later do not count for what has no signed transaction yet.
     */
    voidFrom?: string;
    /**
     * Why; shown with the revocation.
     */
    reason?: string;
};

export type SignedBody = {
    wallet: Wallet;
    issuedAt: IssuedAt;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
};

export type CreateRevocationBody = RevocationActParams & SignedBody;

export type SessionDto = {
    handle: string;
    wallet: string;
    createdAt: string;
    lastSeenAt: string;
    expiresAt: string;
    current: boolean;
};

export type SessionsDto = {
    items: Array<SessionDto>;
};

export type SessionsEndedDto = {
    ended: number;
};

export type AuditLogDto = {
    id: string;
    /**
     * With microseconds.
     */
    ts: string;
    event: string;
    actor: string;
    requestId: string;
    commitmentId: string | null;
    payoutId: string | null;
    signature: string | null;
    fields: {
        [key: string]: unknown;
    };
};

export type AuditKeyDto = {
    number: number;
    publicKey: string;
    afterSeal: string;
    ownSignature: string;
    previousSignature: string | null;
    madeAt: string;
};

export type AuditKeysDto = {
    publicKey: string | null;
    keys: Array<AuditKeyDto>;
};

export type WebhookDeliveryDto = {
    id: string;
    auditId: string;
    commitmentId?: string;
    event: string;
    status: 'pending' | 'delivered' | 'undeliverable';
    attempts: number;
    nextAttemptAt?: string;
    lastStatus?: number;
    lastError?: string;
    createdAt: string;
    deliveredAt?: string;
};

export type WebhookEndpointDto = {
    host: string | null;
    signed: boolean;
    disabledAt: string | null;
    disabledReason: string | null;
    pending: number;
    undeliverable: number;
    oldestPendingAt: string | null;
};

export type LivenessDto = {
    status: 'ok';
    version: string;
};

export type HealthCheckDto = {
    status: 'ok' | 'error';
    detail?: string;
    endpoints?: Array<{
        [key: string]: unknown;
    }>;
    singleSource?: boolean;
    lastSuccess?: {
        [key: string]: string | null;
    };
};

export type ReadinessDto = {
    status: 'ok' | 'degraded' | 'draining' | 'error';
    checks: {
        [key: string]: HealthCheckDto;
    };
};

export type SessionActParams = {
    /**
     * handle of one session, an admin’s wallet for all of its sessions, or `all`.
     */
    session: string;
};

export type AttestParams = {
    commitmentId: CommitmentId;
};

export type CompleteParams = {
    commitmentId: CommitmentId;
    milestoneId: MilestoneId;
};

export type PersonalCreationParams = {
    destinationOnFail: DestinationOnFail;
    statement?: Statement;
    kind: 'personal';
    /**
     * What the authority locks; at least the rent-exempt minimum of an account and the highest fee of a payout.
     */
    amountLamports: number;
    /**
     * Until when the authority must attest completion, on the chain's clock.
     */
    deadline: string;
};

export type MilestoneParams = {
    /**
     * Stored in NFC.
     */
    title: string;
    /**
     * What the creator is paid for this milestone.
     */
    unlockLamports: number;
};

export type RewardCreationParams = {
    destinationOnFail: DestinationOnFail;
    statement?: Statement;
    kind: 'creator_reward';
    /**
     * Mint of the token, of which the wallet is mint or metadata update authority, or the creator on pump.fun.
     */
    tokenMint: Address;
    creatorFeeMode: 'assisted' | 'managed';
    milestones: Array<MilestoneParams>;
};

export type CreationParams = ({
    kind: 'personal';
} & PersonalCreationParams) | ({
    kind: 'creator_reward';
} & RewardCreationParams);

export type DevVerifyParams = {
    /**
     * Mint of the token.
     */
    tokenMint: Address;
};

export type SignalParams = {
    commitmentId: CommitmentId;
    milestoneId: MilestoneId;
};

export type CreatorFeeClaimParams = {
    tokenMint?: TokenMint;
};

export type LaunchParams = {
    commitmentId: CommitmentId;
    /**
     * Bytes of UTF-8.
     */
    name: string;
    /**
     * Bytes of UTF-8.
     */
    symbol: string;
    /**
     * Where its metadata is: https, ipfs or ar. Bytes of UTF-8.
     */
    uri: string;
    /**
     * Raw units that the fee payer buys first; together with buyMostLamports.
     */
    buyTokens?: number;
    /**
     * Their highest cost, pump.fun’s fees included.
     */
    buyMostLamports?: number;
};

export type ClaimParams = {
    commitmentId: CommitmentId;
};

export type CommitmentActParams = {
    commitmentId: CommitmentId;
};

export type MilestoneActParams = {
    commitmentId: CommitmentId;
    milestoneId: MilestoneId;
};

export type PayoutActParams = {
    payoutId: string;
};

export type EnrollParams = {
    commitmentId: CommitmentId;
    accounts?: Accounts;
};

export type PauseActParams = {
    scope: 'all' | 'commitment' | 'purpose';
    /**
     * Exactly where scope is commitment.
     */
    commitmentId?: string;
    /**
     * Exactly where scope is purpose.
     */
    purpose?: 'personal_success' | 'personal_failure' | 'milestone_release' | 'failure_treasury' | 'failure_destination' | 'failure_remainder' | 'distribution_claim' | 'stray_forward';
    /**
     * Shown with every payout that waits for it.
     */
    reason: string;
};

export type PauseEndActParams = {
    pauseId: string;
};

export type ResolveActParams = {
    payoutId: string;
    witnesses: Witnesses;
};

export type FailureActParams = {
    commitmentId: CommitmentId;
    reason?: Reason;
};

export type DestinationChangeParams = {
    commitmentId: CommitmentId;
    replaces: Replaces;
    destination: Destination;
};

export type AvatarUploadParams = {
    contentType: ContentType;
};

export type ProfileUpdateParams = {
    /**
     * Shown name.
     */
    name?: string;
    bio?: string;
    /**
     * An image elsewhere; not together with avatarPath.
     */
    avatarUrl?: string;
    /**
     * Path of an uploaded image.
     */
    avatarPath?: string;
};

export type SigningMessageRequest = {
    action: 'admin.revocation.create';
    wallet: Address;
    params: RevocationActParams;
} | {
    action: 'admin.session.end';
    wallet: Address;
    params: SessionActParams;
} | {
    action: 'commitment.attest';
    wallet: Address;
    params: AttestParams;
} | {
    action: 'milestone.complete';
    wallet: Address;
    params: CompleteParams;
} | {
    action: 'commitment.create';
    wallet: Address;
    params: CreationParams;
} | {
    action: 'dev.verify';
    wallet: Address;
    params: DevVerifyParams;
} | {
    action: 'milestone.signal';
    wallet: Address;
    params: SignalParams;
} | {
    action: 'pumpfun.claim';
    wallet: Address;
    params: CreatorFeeClaimParams;
} | {
    action: 'admin.pumpfun.launch';
    wallet: Address;
    params: LaunchParams;
} | {
    action: 'distribution.claim';
    wallet: Address;
    params: ClaimParams;
} | {
    action: 'admin.commitment.success' | 'admin.failure.cancel' | 'admin.stray.forward';
    wallet: Address;
    params: CommitmentActParams;
} | {
    action: 'admin.milestone.release' | 'admin.lock.clear' | 'milestone.release';
    wallet: Address;
    params: MilestoneActParams;
} | {
    action: 'admin.payout.retry';
    wallet: Address;
    params: PayoutActParams;
} | {
    action: 'distribution.enroll';
    wallet: Address;
    params: EnrollParams;
} | {
    action: 'admin.pause.create';
    wallet: Address;
    params: PauseActParams;
} | {
    action: 'admin.pause.end';
    wallet: Address;
    params: PauseEndActParams;
} | {
    action: 'admin.payout.resolve';
    wallet: Address;
    params: ResolveActParams;
} | {
    action: 'admin.commitment.failure';
    wallet: Address;
    params: FailureActParams;
} | {
    action: 'admin.destination.change';
    wallet: Address;
    params: DestinationChangeParams;
} | {
    action: 'avatar.upload';
    wallet: Address;
    params: AvatarUploadParams;
} | {
    action: 'profile.update';
    wallet: Address;
    params: ProfileUpdateParams;
};

export type SigningMessageAnswer = {
    message: string;
    issuedAt: string;
    expiresAt: string;
    terms?: {
        [key: string]: unknown;
    };
    termsHash?: string;
};

export type KeyRotationDto = {
    id: string;
    status: 'running' | 'finished';
    rotated: number;
    failed: number;
    remaining: number;
    requestedBy: string;
    requestedAt: string;
    finishedAt?: string;
};

export type EscrowKeyDto = {
    keyId: string;
    rows: number;
    configured: boolean;
};

export type EscrowKeysDto = {
    currentKeyId: string | null;
    keys: Array<EscrowKeyDto>;
    olderMarks: number;
    rotation: KeyRotationDto | null;
};

export type CustodyFailureDto = {
    commitmentId: string;
    address: string;
    reason: string;
};

export type CustodyReportDto = {
    checked: number;
    failed: number;
    failures: Array<CustodyFailureDto>;
};

export type FeePayerDto = {
    address: string | null;
    balanceLamports: number | null;
    /**
     * FEE_PAYER_FLOOR_LAMPORTS.
     */
    floorLamports: Lamports;
    ok: boolean;
};

export type EscrowDto = {
    address: string;
    custody: 'local' | 'privy';
    balanceLamports: number | null;
    balanceAsOf: string | null;
    fundedLamports?: Lamports;
};

export type PersonalTermsDto = {
    version: 1;
    wallet: string;
    /**
     * The Solana cluster.
     */
    cluster: string;
    destinationOnFail: string;
    statement: string | null;
    kind: 'personal';
    amountLamports: Lamports;
    deadline: string;
    /**
     * Seconds after the deadline in which an admin decides.
     */
    decisionWindowSeconds: number;
};

export type PersonalCommitmentDto = {
    id: string;
    status: 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
    statement: string | null;
    wallet: string;
    destinationOnFail: string;
    termsHash: string;
    escrow: EscrowDto;
    failureEffectiveAt?: string;
    failureReason?: string;
    createdAt: string;
    resolvedAt?: string;
    kind: 'personal';
    /**
     * What the authority has promised to lock, in lamports.
     */
    amountLamports: Lamports;
    deadline: string;
    attestedAt?: string;
    terms: PersonalTermsDto;
};

export type FeeRoutingSummaryDto = {
    answer: 'yes' | 'partly' | 'no' | 'unknown';
    bps: number;
    locked: boolean;
    readAt: string;
};

export type RewardTermsDto = {
    version: 1;
    wallet: string;
    /**
     * The Solana cluster.
     */
    cluster: string;
    destinationOnFail: string;
    statement: string | null;
    kind: 'creator_reward';
    tokenMint: string;
    tokenProgram: 'spl-token' | 'token-2022';
    tokenDecimals: number;
    /**
     * Raw units that existed, a decimal integer.
     */
    tokenSupply: string;
    mintable: boolean;
    mintAuthority: string | null;
    freezeAuthority: string | null;
    creatorFeeMode: 'assisted' | 'managed';
    milestones: Array<MilestoneParams>;
    /**
     * US dollars that approvals have to reach, an exact decimal.
     */
    approvalThresholdUsd: string;
    /**
     * Part of the supply that approvals have to hold, in bps (1/100 %).
     */
    approvalSupplyBps: number;
    /**
     * US dollars that a holder has to hold more than.
     */
    minHoldingUsd: string;
    /**
     * US dollars that the pools behind a price have to hold.
     */
    minLiquidityUsd: string;
    /**
     * Seconds from the attestation until a milestone may be claimable.
     */
    claimDelaySeconds: number;
    /**
     * Seconds from it in which an approval also earns a share.
     */
    voteWindowSeconds: number;
    /**
     * Seconds claimable after which the creator may release alone.
     */
    selfReleaseSeconds: number;
    /**
     * Seconds after its attestation from which a failure does not forfeit what is claimable.
     */
    earnedAfterSeconds: number;
    /**
     * Seconds that a failure is announced before it takes effect.
     */
    failureNoticeSeconds: number;
    /**
     * Lamports; who would get less of a failure gets nothing.
     */
    failureMinShareLamports: number;
    /**
     * Seconds that pauses may hold that up, in total.
     */
    pauseMaxSeconds: number;
    /**
     * Part of a failure that the treasury gets, in bps (1/100 %).
     */
    treasuryShareBps: number;
    treasury: string | null;
};

export type TokenDto = {
    program: 'spl-token' | 'token-2022';
    decimals: number;
    /**
     * Raw units when the terms were signed, a decimal integer.
     */
    supply: string;
    mintAuthority: string | null;
    freezeAuthority: string | null;
    warnings: Array<'mintable' | 'freezable'>;
};

export type ApprovalsDto = {
    /**
     * Sum of the approvals as they were given, in US dollars; an exact decimal.
     */
    weightUsd: string;
    thresholdUsd: string;
    voters: number;
    reweighedUsd?: string;
};

export type WaitingDto = {
    condition: 'commitment_active' | 'attested' | 'claim_delay' | 'approvals' | 'reweighed_approvals' | 'supply_grown' | 'approved_supply' | 'release' | 'payment';
    /**
     * How it stands: a status, a time of the chain's clock or US dollars; null when not known yet.
     */
    value: string | null;
    limit: string;
    who: 'creator' | 'holders' | 'admin' | 'service' | 'time' | 'nobody';
};

export type MilestoneDto = {
    id: string;
    title: string;
    unlockLamports: Lamports;
    status: 'locked' | 'completed' | 'claimable' | 'releasing' | 'released' | 'forfeited';
    completedAt?: string;
    claimableAt?: string;
    earnedAt?: string;
    selfReleaseAt?: string;
    releasedAt?: string;
    paidLamports?: Lamports;
    approvals: ApprovalsDto;
    waitingFor: Array<WaitingDto>;
    signature?: string;
};

export type RewardCommitmentDto = {
    id: string;
    status: 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
    statement: string | null;
    wallet: string;
    destinationOnFail: string;
    termsHash: string;
    escrow: EscrowDto;
    failureEffectiveAt?: string;
    failureReason?: string;
    createdAt: string;
    resolvedAt?: string;
    kind: 'creator_reward';
    tokenMint: string;
    creatorFeeMode: 'assisted' | 'managed';
    feeRouting?: FeeRoutingSummaryDto;
    terms: RewardTermsDto;
    token: TokenDto;
    milestones: Array<MilestoneDto>;
};

export type CommitmentDto = ({
    kind: 'personal';
} & PersonalCommitmentDto) | ({
    kind: 'creator_reward';
} & RewardCommitmentDto);

export type PersonalCreationBody = PersonalCreationParams & SignedBody;

export type RewardCreationBody = RewardCreationParams & SignedBody;

export type CreationBody = ({
    kind: 'personal';
} & PersonalCreationBody) | ({
    kind: 'creator_reward';
} & RewardCreationBody);

export type EscrowAddressDto = {
    /**
     * Where the SOL goes.
     */
    escrowAddress: string;
};

export type CreatedPersonalDto = PersonalCommitmentDto & EscrowAddressDto;

export type CreatedRewardDto = RewardCommitmentDto & EscrowAddressDto;

export type CreatedCommitmentDto = ({
    kind: 'personal';
} & CreatedPersonalDto) | ({
    kind: 'creator_reward';
} & CreatedRewardDto);

export type DevVerifyBody = SignedBody & {
    /**
     * Mint of the token.
     */
    tokenMint: Address;
};

export type DevVerifyDto = {
    wallet: string;
    tokenMint: string;
    mintAuthority: string | null;
    updateAuthority: string | null;
    isAuthority: true;
};

export type FeeRoutingDto = {
    commitmentId: string;
    tokenMint: string;
    creatorFeeMode: 'assisted' | 'managed';
    escrow: string;
    answer: 'yes' | 'partly' | 'no' | 'unknown';
    reason: 'not_a_pump_coin' | 'unknown_layout' | 'other_currency' | 'graduating' | 'cashback' | 'holder_rewards' | 'sharing_inactive' | 'sharing' | 'escrow_is_creator' | 'other_creator';
    detail: string;
    bps: number;
    earner: string | null;
    locked: boolean;
    admin: string | null;
    slot: number;
};

export type TimelineEventDto = {
    id: string;
    ts: string;
    event: 'commitment_created' | 'commitment_attested' | 'commitment_completed' | 'milestone_completed' | 'milestone_approved' | 'milestone_claimable' | 'commitment_success_decided' | 'commitment_failure_filed' | 'commitment_failure_withdrawn' | 'commitment_failure_decided' | 'commitment_failure_announced' | 'commitment_failure_proposed' | 'destination_change_proposed' | 'destination_changed' | 'payout_redirected' | 'coin_launch_decided' | 'commitment_failure_confirmed' | 'commitment_failure_effective' | 'commitment_failure_round' | 'milestone_release_decided' | 'share_claimed' | 'payout_confirmed' | 'payout_finalized';
    commitmentId?: string;
    milestoneId?: string;
    payoutId?: string;
    wallet?: string;
    amountLamports?: Lamports;
    fundedLamports?: Lamports;
    reason?: string;
    failureEffectiveAt?: string;
    destination?: string;
    replaces?: string;
    signature?: string;
};

export type SignalledDto = {
    wallet: string;
    milestoneId: string;
    signalledAt: string;
    inVoteWindow: boolean;
    /**
     * Smallest units of the token, an integer.
     */
    rawAmount: string;
    decimals: number;
    priceUsd: string;
    weightUsd: string;
    approvals: ApprovalsDto;
};

export type SignalDto = {
    wallet: string;
    milestoneId: string;
    signalledAt: string;
    inVoteWindow: boolean;
    /**
     * Smallest units of the token, an integer.
     */
    rawAmount: string;
    decimals: number;
    priceUsd: string;
    weightUsd: string;
    reweighedRawAmount: string | null;
    reweighedUsd: string | null;
};

export type NormalizeRewardsBody = {
    /**
     * Only milestones of this commitment.
     */
    commitmentId?: string;
    limit?: number;
};

export type NormalizationDto = {
    due: number;
    unlocked: number;
    held: number;
    errors: number;
};

export type DestinationChangeBody = SignedBody & {
    replaces: Replaces;
    destination: Destination;
};

export type DestinationChangeDto = {
    commitmentId: string;
    replaces: string;
    destination: string;
    inForce: boolean;
};

export type AnnouncedDistributionDto = {
    status: 'announced';
    commitmentId: string;
    announcedAt: string;
    failureEffectiveAt: string;
    announcementSlot: string;
    enrolledWallets: number;
    weighedWallets: number;
    supplyGrown: boolean;
    waitingFor: string | null;
    treasury: string | null;
    /**
     * Of the frozen terms, in hundredths of a percent.
     */
    treasuryShareBps: number;
    minShareLamports: Lamports;
    destination: string;
};

export type EarnedDto = {
    milestoneId: string;
    amountLamports: Lamports;
};

export type RoundDto = {
    round: number;
    escrowBalanceLamports: Lamports;
    keptLamports: Lamports;
    treasuryLamports: Lamports;
    potLamports: Lamports;
    feeLamports: Lamports;
    frozenAt: string;
};

export type ShareDto = {
    wallet: string;
    round: number;
    /**
     * Smallest units of the token that it held when the failure was announced.
     */
    weightRaw: string;
    amountLamports: Lamports;
    status: 'unclaimed' | 'paying' | 'paid';
    payoutId?: string;
    signature?: string;
};

export type DistributionDto = {
    status: 'frozen';
    commitmentId: string;
    escrowBalanceLamports: Lamports;
    treasuryLamports: Lamports;
    potLamports: Lamports;
    earnedLamports: Lamports;
    earned: Array<EarnedDto>;
    destinationLamports: Lamports;
    feeLamports: Lamports;
    reserveLamports: Lamports;
    strandedLamports: Lamports;
    legFeeLamports: Lamports;
    treasury: string | null;
    /**
     * Of the frozen terms, in hundredths of a percent.
     */
    treasuryShareBps: number;
    destination: string;
    frozenAt: string;
    unclaimedLamports: Lamports;
    unclaimedShares: number;
    rounds: Array<RoundDto>;
    shares: Array<ShareDto>;
    nextCursor: string | null;
};

export type PayoutAttemptDto = {
    signature: string | null;
    status: 'prepared' | 'signed' | 'confirmed' | 'finalized' | 'failed' | 'dead' | 'abandoned';
    feePayer: string;
    feeLamports: Lamports;
    lastValidBlockHeight: number;
    createdAt: string;
};

export type PayoutDto = {
    id: string;
    commitmentId: string;
    purpose: Purpose;
    status: Status;
    source: string;
    destination: string;
    amountLamports: Lamports;
    waitingFor?: string;
    signature?: string;
    attempts: Array<PayoutAttemptDto>;
    createdAt: string;
    confirmedAt?: string;
    finalizedAt?: string;
};

export type PaidDto = {
    payout?: PayoutDto;
    commitment: CommitmentDto;
    signature?: string;
};

export type UnclaimedDto = {
    commitmentId: string;
    escrow: string;
    unclaimedShares: number;
    unclaimedLamports: Lamports;
    frozenAt: string;
};

export type EnrollBody = SignedBody & {
    accounts?: Accounts;
};

export type EnrolledDto = {
    wallet: string;
    /**
     * Smallest units of the token that would count now: what it held at the announcement.
     */
    weightRaw: string;
    enrolledAt: string;
};

export type PauseDto = {
    id: string;
    scope: 'all' | 'commitment' | 'purpose';
    commitmentId?: string;
    purpose?: Purpose;
    reason: string;
    createdBy: string;
    createdAt: string;
    endsAt: string;
    endedBy?: string;
    endedAt?: string;
};

export type PausesDto = {
    items: Array<PauseDto>;
};

export type CreatePauseBody = PauseActParams & SignedBody;

export type AdminPayoutDto = PayoutDto & {
    requestedBy: string;
};

export type RecoveryBody = {
    /**
     * Of one commitment alone.
     */
    commitmentId?: string;
    /**
     * What was paid before is left as it is: the time of the backup.
     */
    since?: string;
    /**
     * Says what it would do, and does nothing.
     */
    dryRun?: boolean;
    /**
     * Commitments a page.
     */
    limit?: number;
    /**
     * `nextCursor` of the page before.
     */
    cursor?: string;
};

export type RecoveryItemDto = {
    commitmentId: string;
    transaction: string;
    outcome: 'booked' | 'waiting' | 'stopped';
    payoutId?: string;
    destination?: string;
    lamports?: Lamports;
    reason?: string;
};

export type RecoveryDto = {
    looked: number;
    items: Array<RecoveryItemDto>;
    nextCursor: string | null;
};

export type ResolvePayoutBody = SignedBody & {
    witnesses: Witnesses;
};

export type WitnessDto = {
    endpoint: string;
    voice: string;
    silence?: string;
    finalizedHeight?: number;
    finalizedHeightAfter?: number;
    finalizedSlot?: number;
    firstAvailableSlot?: number;
    statusSlot?: number;
    control?: string;
    status?: string;
    transactionsFound?: Array<string>;
    blockhashValid?: boolean;
};

export type ResolutionDto = {
    outcome: 'landed' | 'dead' | 'undecided';
    reason?: string;
    signature: string;
    lastValidBlockHeight: number;
    witnesses: Array<WitnessDto>;
    payout: PayoutDto;
};

export type ReleaseLockDto = {
    commitmentId: string;
    milestoneId: string;
    createdAt: string;
    txSig: string | null;
    payoutId: string;
    clearable: boolean;
    reason: string;
};

export type ReleaseLocksDto = {
    items: Array<ReleaseLockDto>;
};

export type FailureBody = SignedBody & {
    reason?: Reason;
};

export type FailureDto = {
    payout?: PayoutDto;
    commitment: CommitmentDto;
    signature?: string;
};

export type StrayDepositDto = {
    commitmentId: string;
    status: 'succeeded' | 'failed' | 'completed';
    escrow: string;
    balanceLamports: Lamports;
    promisedLamports: Lamports;
    strayLamports: Lamports;
    destination: string;
};

export type SweepBody = {
    limit?: number;
};

export type SweepItemDto = {
    commitmentId: string;
    outcome: 'settled' | 'empty' | 'refused' | 'lost';
    payoutId?: string;
    destination?: string;
    amountLamports?: Lamports;
    code?: string;
    detail?: string;
};

export type SweepDto = {
    due: number;
    settled: number;
    empty: number;
    refused: number;
    items: Array<SweepItemDto>;
};

export type AvatarUploadBody = SignedBody & {
    contentType: ContentType;
};

export type AvatarUploadDto = {
    uploadUrl: string;
    path: string;
    contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
    maxBytes: 1048576;
};

export type ProfileDto = {
    wallet: string;
    name?: string;
    bio?: string;
    avatarUrl?: string;
    updatedAt: string;
};

export type ProfilesDto = {
    items: Array<ProfileDto>;
};

export type ProfileUpdateBody = ProfileUpdateParams & {
    wallet: Wallet;
    issuedAt: IssuedAt;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
};

export type ProjectDto = {
    mint: string;
    name: string;
    description?: string;
    imageUrl?: string;
    websiteUrl?: string;
    xUrl?: string;
    telegramUrl?: string;
    updatedAt: string;
};

export type ProjectBody = {
    /**
     * Name of the project.
     */
    name: string;
    /**
     * What the project is about.
     */
    description?: string;
    /**
     * A picture of the project.
     */
    imageUrl?: string;
    websiteUrl?: string;
    xUrl?: string;
    telegramUrl?: string;
};

export type CreatorFeesDto = {
    wallet: string;
    tokenMint?: string;
    /**
     * All that can be collected. Lamports.
     */
    claimableLamports: Lamports;
    /**
     * In the vault of bonding curves, above its rent. Lamports.
     */
    curveVaultLamports: Lamports;
    /**
     * In the vault of pools, as wrapped SOL. Lamports.
     */
    poolVaultLamports: Lamports;
    /**
     * Waits on the bonding curve of the coin. Lamports.
     */
    waitingOnCurveLamports: Lamports;
    /**
     * Waits in the pool of the coin. Lamports.
     */
    waitingInPoolLamports: Lamports;
    slot: number;
};

export type CreatorFeeClaimBody = SignedBody & {
    tokenMint?: TokenMint;
};

export type ClaimDto = CreatorFeesDto & {
    transaction: string;
    lastValidBlockHeight: number;
};

export type PumpOperationDto = {
    id: string;
    kind: 'collect' | 'unwrap' | 'create' | 'buy';
    status: 'pending' | 'in_flight' | 'done' | 'stopped' | 'cancelled';
    signature: string | null;
    /**
     * Lamports that this transaction has brought the escrow, by its own record on chain.
     */
    gainedLamports: number | null;
    waitingFor: string | null;
    createdAt: string;
    endedAt: string | null;
};

export type ReserveMintBody = {
    /**
     * Base58 wallet address.
     */
    creator: Address;
};

export type ReservedMintDto = {
    mint: string;
    creator: string;
};

export type LaunchBody = LaunchParams & SignedBody;

export type LaunchStateDto = {
    mint: string;
    creator: string;
    steps: Array<PumpOperationDto>;
};

export type LaunchDto = LaunchParams & LaunchStateDto;

export type ReconciliationBody = {
    /**
     * What is compared: balances of escrows, or actions of admins and their payouts.
     */
    kind: 'escrow_balances' | 'admin_actions';
    /**
     * Everything is looked up again, not only what may have changed.
     */
    full?: boolean;
    /**
     * Of one commitment alone.
     */
    commitmentId?: string;
};

export type ReconciliationLineDto = {
    commitmentId?: string;
    subject: string;
    /**
     * funded, underfunded, overfunded: beside what was promised. stray: a settled escrow holds money. wrapped: SOL that is wrapped. drift: the balance does not follow from its transactions. unknown_outflow: signed with its key, and not known to the ledger. under_way: not paid yet. payout_missing, altered: the log tells of another payout. unauthorised: decided by nobody. not_on_chain, mismatch: not there, or pays otherwise.
     */
    state: 'funded' | 'underfunded' | 'overfunded' | 'stray' | 'empty' | 'wrapped' | 'drift' | 'unknown_outflow' | 'matched' | 'under_way' | 'payout_missing' | 'altered' | 'unauthorised' | 'not_on_chain' | 'mismatch';
    ledgerLamports: Lamports;
    chainLamports: Lamports;
    finding: boolean;
    detail?: string;
};

export type ReconciliationDto = ReconciliationRunDto & {
    items: Array<ReconciliationLineDto>;
};

export type ReconciliationRunDto = {
    id: string;
    kind: 'escrow_balances' | 'admin_actions';
    full: boolean;
    commitmentId?: string;
    requestedBy: string;
    startedAt: string;
    endedAt: string;
    lines: number;
    findings: number;
    ledgerLamports: Lamports;
    chainLamports: Lamports;
};

export type ProofLineDto = {
    id: string;
    /**
     * UTC with microseconds.
     */
    ts: string;
    txid: string;
};

export type ProofRecordDto = {
    table: string;
    key: string;
    row: string;
    line: ProofLineDto;
    sealId: string | null;
};

export type ProofSealDto = {
    id: string;
    prevHash: string;
    keyNumber: number;
    fromTxid: string;
    toTxid: string;
    nextTxid: string;
    fromId: string;
    floorId: string;
    maxId: string;
    drained: boolean;
    /**
     * When its round was opened: UTC with microseconds.
     */
    openedAt: string;
    /**
     * When it was made: UTC with microseconds.
     */
    sealedAt: string;
    rowIds: Array<string>;
    foreignIds: Array<string>;
    digests: string;
    hash: string;
    signature: string;
};

export type ProofDto = {
    version: 1;
    commitmentId: string;
    cursor: string | null;
    readAt: string;
    escrow: string;
    terms: {
        [key: string]: unknown;
    };
    termsHash: string;
    acts: Array<ProofRecordDto>;
    milestones: Array<ProofRecordDto>;
    approvals: Array<ProofRecordDto>;
    decisions: Array<ProofRecordDto>;
    payouts: Array<ProofRecordDto>;
    transactions: Array<ProofRecordDto>;
    seals: Array<ProofSealDto>;
    sealKeys: Array<AuditKeyDto>;
    nextCursor: string | null;
    hash: string;
    signedBy: string | null;
    signature: string | null;
};

export type JobRunDto = {
    id: string;
    startedAt: string;
    finishedAt: string;
    ok: boolean;
    result: {
        [key: string]: unknown;
    };
};

export type JobDto = {
    name: string;
    periodSeconds: number;
    lastStartedAt: string | null;
    lastSuccessAt: string | null;
    overdue: boolean;
    lastRuns: Array<JobRunDto>;
};

export type JobList = {
    items: Array<JobDto>;
};

export type LimitWindowDto = {
    route: string;
    name: string;
    hits: number;
    limit: number;
    endsAt: string;
};

export type LimitRefusalDto = {
    event: string;
    actor: string;
    count: number;
    lastAt: string;
};

export type LimitsDto = {
    client: string | null;
    windows: Array<LimitWindowDto>;
    refusals: Array<LimitRefusalDto>;
};

export type ForgivenDto = {
    forgiven: number;
};

export type PayoutCountDto = {
    status: Status;
    count: number;
    oldestAt: string;
};

export type UnfinishedPayoutsDto = {
    counts: Array<PayoutCountDto>;
    oldest: Array<AdminPayoutDto>;
    /**
     * PAYOUT_ALARM_SECONDS: one that is older is late.
     */
    lateAfterSeconds: number;
};

export type WaitingRoundDto = {
    commitmentId: string;
    since: string;
    waitingFor: string;
};

export type OverdueJobDto = {
    name: string;
    periodSeconds: number;
    lastSuccessAt: string | null;
    lastError: string | null;
};

export type AlarmCountDto = {
    event: string;
    count: number;
    lastAt: string;
};

export type OverviewDto = {
    at: string;
    health: ReadinessDto;
    pauses: Array<PauseDto>;
    payouts: UnfinishedPayoutsDto;
    waitingRounds: Array<WaitingRoundDto>;
    locks: Array<ReleaseLockDto>;
    overdueJobs: Array<OverdueJobDto>;
    feePayer: FeePayerDto | null;
    webhook: WebhookEndpointDto;
    alarms: Array<AlarmCountDto>;
};

/**
 * RFC 9457 problem document. Some codes bring facts of their own, such as commitmentId or requiredLamports.
 */
export type Problem = {
    type: string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    code: 'validation_failed' | 'malformed_json' | 'bad_request' | 'amount_below_minimum' | 'invalid_cursor' | 'unknown_action' | 'malformed_signature' | 'message_expired' | 'invalid_signature' | 'nonce_expired' | 'not_signed_in' | 'metrics_token_needed' | 'second_admin_needed' | 'not_an_admin' | 'origin_mismatch' | 'not_the_authority' | 'not_the_creator' | 'mintable_token' | 'token_not_supported' | 'not_token_authority' | 'not_eligible' | 'not_yet' | 'not_a_holder' | 'holding_below_minimum' | 'no_share' | 'access_rule_missing' | 'not_found' | 'commitment_not_found' | 'milestone_not_found' | 'payout_not_found' | 'webhook_delivery_not_found' | 'profile_not_found' | 'launch_not_found' | 'project_not_found' | 'distribution_not_found' | 'pause_not_found' | 'reconciliation_not_found' | 'session_not_found' | 'release_lock_not_found' | 'method_not_allowed' | 'request_timeout' | 'terms_changed' | 'signature_used' | 'deadline_not_passed' | 'deadline_passed' | 'not_attested' | 'decision_window_passed' | 'already_resolved' | 'already_completed' | 'not_completed' | 'already_unlocked' | 'not_settled' | 'not_stopped' | 'nothing_to_resolve' | 'one_witness_too_early' | 'release_in_progress' | 'already_launched' | 'already_released' | 'not_claimable' | 'too_many_unfunded' | 'already_failing' | 'nothing_to_fail' | 'not_failing' | 'not_resolved_as_failure' | 'already_claimed' | 'request_in_progress' | 'signing_refused' | 'already_paused' | 'last_admin' | 'pause_ended' | 'attempt_may_still_land' | 'webhook_not_configured' | 'nothing_to_claim' | 'wrong_kind' | 'payload_too_large' | 'uri_too_long' | 'unsupported_media_type' | 'escrow_underfunded' | 'avatar_not_accepted' | 'mint_not_reserved' | 'fees_not_manageable' | 'idempotency_key_reused' | 'belongs_to_holders' | 'destination_payable' | 'destination_not_payable' | 'headers_too_large' | 'simulation_failed' | 'too_many_requests' | 'internal_error' | 'database_unavailable' | 'rpc_unavailable' | 'supply_grown' | 'token_changed' | 'chain_disagrees' | 'single_source' | 'history_incomplete' | 'price_unavailable' | 'storage_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'custody_unavailable';
    requestId: string;
    errors?: Array<{
        /**
         * The member: `milestones[0].title`.
         */
        path: string;
        /**
         * What is wrong with it.
         */
        message: string;
    }>;
    [key: string]: unknown;
};

/**
 * Base58 Solana address.
 */
export type Address = string;

/**
 * Base58 Ed25519 signature.
 */
export type Signature = string;

/**
 * Lamports (10^-9 SOL).
 */
export type Lamports = number;

export type CommitmentId = string;

export const Purpose = {
    PERSONAL_SUCCESS: 'personal_success',
    PERSONAL_FAILURE: 'personal_failure',
    MILESTONE_RELEASE: 'milestone_release',
    FAILURE_TREASURY: 'failure_treasury',
    FAILURE_DESTINATION: 'failure_destination',
    FAILURE_REMAINDER: 'failure_remainder',
    DISTRIBUTION_CLAIM: 'distribution_claim',
    STRAY_FORWARD: 'stray_forward'
} as const;

export type Purpose = typeof Purpose[keyof typeof Purpose];

/**
 * A coin of the wallet: what waits in its accounts is swept first.
 */
export type TokenMint = Address;

/**
 * issuedAt of the signed message, as POST /api/signing-messages answered it.
 */
export type IssuedAt = string;

/**
 * Token accounts that it has closed or given away since the announcement.
 */
export type Accounts = Array<string>;

/**
 * Who receives the escrow when the commitment fails; not the wallet itself.
 */
export type DestinationOnFail = Address;

/**
 * Who is to be paid instead, for as long as that is so.
 */
export type Destination = Address;

/**
 * The public promise; stored in NFC.
 */
export type Statement = string | null;

/**
 * `one`: those that answer suffice, 24 hours after the signing at the earliest.
 */
export const Witnesses = { ALL: 'all', ONE: 'one' } as const;

/**
 * `one`: those that answer suffice, 24 hours after the signing at the earliest.
 */
export type Witnesses = typeof Witnesses[keyof typeof Witnesses];

/**
 * What will be uploaded.
 */
export const ContentType = {
    IMAGE_PNG: 'image/png',
    IMAGE_JPEG: 'image/jpeg',
    IMAGE_WEBP: 'image/webp',
    IMAGE_GIF: 'image/gif'
} as const;

/**
 * What will be uploaded.
 */
export type ContentType = typeof ContentType[keyof typeof ContentType];

/**
 * The wallet that signed.
 */
export type Wallet = Address;

/**
 * Why the commitment has failed; part of the signed text.
 */
export type Reason = string;

/**
 * The address of the signed terms that cannot be paid any more.
 */
export type Replaces = Address;

export type MilestoneId = string;

export const Status = {
    PENDING: 'pending',
    IN_FLIGHT: 'in_flight',
    CONFIRMED: 'confirmed',
    FINALIZED: 'finalized',
    STOPPED: 'stopped',
    CANCELLED: 'cancelled'
} as const;

export type Status = typeof Status[keyof typeof Status];

/**
 * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
 */
export type IdempotencyKey = string;

/**
 * Must equal APP_ORIGIN. Browsers send it; other clients have to.
 */
export type Origin = string;

/**
 * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
 */
export type OriginWhereSent = string;

/**
 * Id of what the path names.
 */
export type Id = string;

/**
 * Id of the commitment.
 */
export type CommitmentId2 = string;

/**
 * Id of the milestone.
 */
export type MilestoneId2 = string;

/**
 * handle of one session, or an admin’s wallet for all of its sessions.
 */
export type Session = string;

/**
 * Base58 address of the wallet.
 */
export type Wallet2 = Address;

/**
 * Base58 address of the token’s mint.
 */
export type Mint = Address;

/**
 * Id of the payout.
 */
export type PayoutId = string;

/**
 * How many items a page has at most.
 */
export type Limit = number;

/**
 * `nextCursor` of the page before.
 */
export type Cursor = string;

/**
 * A name, or the beginning of names and *: `admin_*`.
 */
export type EventFilter = string;

/**
 * A wallet, `job:<name>`, `cron` or `anonymous`.
 */
export type ActorFilter = string;

/**
 * Id of a commitment.
 */
export type CommitmentFilter = string;

/**
 * RFC 3339 UTC time; rows of this time and later.
 */
export type FromFilter = string;

/**
 * RFC 3339 UTC time; rows before it.
 */
export type ToFilter = string;

export type RequestSignInNonceData = {
    body: NonceRequest;
    headers?: {
        /**
         * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
         */
        Origin?: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/nonce';
};

export type RequestSignInNonceErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type RequestSignInNonceError = RequestSignInNonceErrors[keyof RequestSignInNonceErrors];

export type RequestSignInNonceResponses = {
    /**
     * OK
     */
    200: NonceAnswer;
};

export type RequestSignInNonceResponse = RequestSignInNonceResponses[keyof RequestSignInNonceResponses];

export type SignInData = {
    body: LoginRequest;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/login';
};

export type SignInErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * OK
     */
    200: AdminSessionAnswer;
};

export type SignInResponse = SignInResponses[keyof SignInResponses];

export type SignOutData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/logout';
};

export type SignOutErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type SignOutError = SignOutErrors[keyof SignOutErrors];

export type SignOutResponses = {
    /**
     * The session is gone and the cookie cleared.
     */
    204: void;
};

export type SignOutResponse = SignOutResponses[keyof SignOutResponses];

export type GetSignedInAdminData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/me';
};

export type GetSignedInAdminErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetSignedInAdminError = GetSignedInAdminErrors[keyof GetSignedInAdminErrors];

export type GetSignedInAdminResponses = {
    /**
     * OK
     */
    200: AdminSessionAnswer;
};

export type GetSignedInAdminResponse = GetSignedInAdminResponses[keyof GetSignedInAdminResponses];

export type ListRevocationsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/revocations';
};

export type ListRevocationsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListRevocationsError = ListRevocationsErrors[keyof ListRevocationsErrors];

export type ListRevocationsResponses = {
    /**
     * OK
     */
    200: RevocationsDto;
};

export type ListRevocationsResponse = ListRevocationsResponses[keyof ListRevocationsResponses];

export type CreateRevocationData = {
    body: CreateRevocationBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/revocations';
};

export type CreateRevocationErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreateRevocationError = CreateRevocationErrors[keyof CreateRevocationErrors];

export type CreateRevocationResponses = {
    /**
     * The wallet is no admin any more, and its sessions are gone.
     */
    201: RevocationDto;
};

export type CreateRevocationResponse = CreateRevocationResponses[keyof CreateRevocationResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/sessions';
};

export type ListSessionsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * OK
     */
    200: SessionsDto;
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type EndSessionData = {
    body: SignedBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * handle of one session, or an admin’s wallet for all of its sessions.
         */
        session: string;
    };
    query?: never;
    url: '/api/admin/sessions/{session}';
};

export type EndSessionErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type EndSessionError = EndSessionErrors[keyof EndSessionErrors];

export type EndSessionResponses = {
    /**
     * OK
     */
    200: SessionsEndedDto;
};

export type EndSessionResponse = EndSessionResponses[keyof EndSessionResponses];

export type ListAuditLogsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A name, or the beginning of names and *: `admin_*`.
         */
        event?: string;
        /**
         * A wallet, `job:<name>`, `cron` or `anonymous`.
         */
        actor?: string;
        /**
         * Id of a commitment.
         */
        commitment?: string;
        /**
         * RFC 3339 UTC time; rows of this time and later.
         */
        from?: string;
        /**
         * RFC 3339 UTC time; rows before it.
         */
        to?: string;
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/admin/audit-logs';
};

export type ListAuditLogsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListAuditLogsError = ListAuditLogsErrors[keyof ListAuditLogsErrors];

export type ListAuditLogsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<AuditLogDto>;
        nextCursor: string | null;
    };
};

export type ListAuditLogsResponse = ListAuditLogsResponses[keyof ListAuditLogsResponses];

export type ExportAuditLogsCsvData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A name, or the beginning of names and *: `admin_*`.
         */
        event?: string;
        /**
         * A wallet, `job:<name>`, `cron` or `anonymous`.
         */
        actor?: string;
        /**
         * Id of a commitment.
         */
        commitment?: string;
        /**
         * RFC 3339 UTC time; rows of this time and later.
         */
        from?: string;
        /**
         * RFC 3339 UTC time; rows before it.
         */
        to?: string;
    };
    url: '/api/admin/audit-logs.csv';
};

export type ExportAuditLogsCsvErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ExportAuditLogsCsvError = ExportAuditLogsCsvErrors[keyof ExportAuditLogsCsvErrors];

export type ExportAuditLogsCsvResponses = {
    /**
     * RFC 4180
     */
    200: string;
};

export type ExportAuditLogsCsvResponse = ExportAuditLogsCsvResponses[keyof ExportAuditLogsCsvResponses];

export type ExportAuditLogsNdjsonData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A name, or the beginning of names and *: `admin_*`.
         */
        event?: string;
        /**
         * A wallet, `job:<name>`, `cron` or `anonymous`.
         */
        actor?: string;
        /**
         * Id of a commitment.
         */
        commitment?: string;
        /**
         * RFC 3339 UTC time; rows of this time and later.
         */
        from?: string;
        /**
         * RFC 3339 UTC time; rows before it.
         */
        to?: string;
    };
    url: '/api/admin/audit-logs.ndjson';
};

export type ExportAuditLogsNdjsonErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ExportAuditLogsNdjsonError = ExportAuditLogsNdjsonErrors[keyof ExportAuditLogsNdjsonErrors];

export type ExportAuditLogsNdjsonResponses = {
    /**
     * One JSON object a line
     */
    200: string;
};

export type ExportAuditLogsNdjsonResponse = ExportAuditLogsNdjsonResponses[keyof ExportAuditLogsNdjsonResponses];

export type ListAuditKeysData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/audit-key';
};

export type ListAuditKeysErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListAuditKeysError = ListAuditKeysErrors[keyof ListAuditKeysErrors];

export type ListAuditKeysResponses = {
    /**
     * OK
     */
    200: AuditKeysDto;
};

export type ListAuditKeysResponse = ListAuditKeysResponses[keyof ListAuditKeysResponses];

export type ListWebhookDeliveriesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
        /**
         * Of this status only.
         */
        status?: 'pending' | 'delivered' | 'undeliverable';
    };
    url: '/api/admin/webhook-deliveries';
};

export type ListWebhookDeliveriesErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListWebhookDeliveriesError = ListWebhookDeliveriesErrors[keyof ListWebhookDeliveriesErrors];

export type ListWebhookDeliveriesResponses = {
    /**
     * OK
     */
    200: {
        items: Array<WebhookDeliveryDto>;
        nextCursor: string | null;
    };
};

export type ListWebhookDeliveriesResponse = ListWebhookDeliveriesResponses[keyof ListWebhookDeliveriesResponses];

export type ResendWebhookDeliveryData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/admin/webhook-deliveries/{id}/resend';
};

export type ResendWebhookDeliveryErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ResendWebhookDeliveryError = ResendWebhookDeliveryErrors[keyof ResendWebhookDeliveryErrors];

export type ResendWebhookDeliveryResponses = {
    /**
     * OK
     */
    200: WebhookDeliveryDto;
};

export type ResendWebhookDeliveryResponse = ResendWebhookDeliveryResponses[keyof ResendWebhookDeliveryResponses];

export type GetWebhookEndpointData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/webhook-endpoint';
};

export type GetWebhookEndpointErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetWebhookEndpointError = GetWebhookEndpointErrors[keyof GetWebhookEndpointErrors];

export type GetWebhookEndpointResponses = {
    /**
     * OK
     */
    200: WebhookEndpointDto;
};

export type GetWebhookEndpointResponse = GetWebhookEndpointResponses[keyof GetWebhookEndpointResponses];

export type EnableWebhookEndpointData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/webhook-endpoint/enable';
};

export type EnableWebhookEndpointErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type EnableWebhookEndpointError = EnableWebhookEndpointErrors[keyof EnableWebhookEndpointErrors];

export type EnableWebhookEndpointResponses = {
    /**
     * OK
     */
    200: WebhookEndpointDto;
};

export type EnableWebhookEndpointResponse = EnableWebhookEndpointResponses[keyof EnableWebhookEndpointResponses];

export type TestWebhookEndpointData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/webhook-endpoint/test';
};

export type TestWebhookEndpointErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type TestWebhookEndpointError = TestWebhookEndpointErrors[keyof TestWebhookEndpointErrors];

export type TestWebhookEndpointResponses = {
    /**
     * OK
     */
    200: WebhookDeliveryDto;
};

export type TestWebhookEndpointResponse = TestWebhookEndpointResponses[keyof TestWebhookEndpointResponses];

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/health/live';
};

export type GetLivenessErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * OK
     */
    200: LivenessDto;
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/health/ready';
};

export type GetReadinessErrors = {
    /**
     * The same report; send no requests here.
     */
    503: ReadinessDto;
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * OK
     */
    200: ReadinessDto;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetMetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/metrics';
};

export type GetMetricsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetMetricsError = GetMetricsErrors[keyof GetMetricsErrors];

export type GetMetricsResponses = {
    /**
     * OK
     */
    200: string;
};

export type GetMetricsResponse = GetMetricsResponses[keyof GetMetricsResponses];

export type CreateSigningMessageData = {
    body: SigningMessageRequest;
    path?: never;
    query?: never;
    url: '/api/signing-messages';
};

export type CreateSigningMessageErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreateSigningMessageError = CreateSigningMessageErrors[keyof CreateSigningMessageErrors];

export type CreateSigningMessageResponses = {
    /**
     * OK
     */
    200: SigningMessageAnswer;
};

export type CreateSigningMessageResponse = CreateSigningMessageResponses[keyof CreateSigningMessageResponses];

export type GetEscrowKeysData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/escrow-keys';
};

export type GetEscrowKeysErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetEscrowKeysError = GetEscrowKeysErrors[keyof GetEscrowKeysErrors];

export type GetEscrowKeysResponses = {
    /**
     * OK
     */
    200: EscrowKeysDto;
};

export type GetEscrowKeysResponse = GetEscrowKeysResponses[keyof GetEscrowKeysResponses];

export type RotateEscrowKeysData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/escrow-keys/rotate';
};

export type RotateEscrowKeysErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type RotateEscrowKeysError = RotateEscrowKeysErrors[keyof RotateEscrowKeysErrors];

export type RotateEscrowKeysResponses = {
    /**
     * OK
     */
    200: EscrowKeysDto;
};

export type RotateEscrowKeysResponse = RotateEscrowKeysResponses[keyof RotateEscrowKeysResponses];

export type CheckEscrowKeysData = {
    /**
     * None, or an empty object.
     */
    body?: {
        [key: string]: unknown;
    };
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/escrow-keys/check';
};

export type CheckEscrowKeysErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CheckEscrowKeysError = CheckEscrowKeysErrors[keyof CheckEscrowKeysErrors];

export type CheckEscrowKeysResponses = {
    /**
     * OK
     */
    200: CustodyReportDto;
};

export type CheckEscrowKeysResponse = CheckEscrowKeysResponses[keyof CheckEscrowKeysResponses];

export type GetFeePayerData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/fee-payer';
};

export type GetFeePayerErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetFeePayerError = GetFeePayerErrors[keyof GetFeePayerErrors];

export type GetFeePayerResponses = {
    /**
     * OK
     */
    200: FeePayerDto;
};

export type GetFeePayerResponse = GetFeePayerResponses[keyof GetFeePayerResponses];

export type AttestCommitmentData = {
    body: SignedBody;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/attest';
};

export type AttestCommitmentErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type AttestCommitmentError = AttestCommitmentErrors[keyof AttestCommitmentErrors];

export type AttestCommitmentResponses = {
    /**
     * OK
     */
    200: CommitmentDto;
};

export type AttestCommitmentResponse = AttestCommitmentResponses[keyof AttestCommitmentResponses];

export type ListCommitmentsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
        kind?: 'personal' | 'creator_reward';
        /**
         * `in_notice` is every one whose failure is filed or announced and has not taken effect.
         */
        status?: 'in_notice' | 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
        /**
         * Authority or creator.
         */
        wallet?: Address;
        /**
         * Mint of the token.
         */
        tokenMint?: Address;
    };
    url: '/api/commitments';
};

export type ListCommitmentsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListCommitmentsError = ListCommitmentsErrors[keyof ListCommitmentsErrors];

export type ListCommitmentsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<CommitmentDto>;
        nextCursor: string | null;
    };
};

export type ListCommitmentsResponse = ListCommitmentsResponses[keyof ListCommitmentsResponses];

export type CreateCommitmentData = {
    body: CreationBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/commitments';
};

export type CreateCommitmentErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreateCommitmentError = CreateCommitmentErrors[keyof CreateCommitmentErrors];

export type CreateCommitmentResponses = {
    /**
     * OK
     */
    201: CreatedCommitmentDto;
};

export type CreateCommitmentResponse = CreateCommitmentResponses[keyof CreateCommitmentResponses];

export type GetCommitmentData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}';
};

export type GetCommitmentErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetCommitmentError = GetCommitmentErrors[keyof GetCommitmentErrors];

export type GetCommitmentResponses = {
    /**
     * OK
     */
    200: CommitmentDto;
};

export type GetCommitmentResponse = GetCommitmentResponses[keyof GetCommitmentResponses];

export type VerifyTokenAuthorityData = {
    body: DevVerifyBody;
    path?: never;
    query?: never;
    url: '/api/dev-verify';
};

export type VerifyTokenAuthorityErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type VerifyTokenAuthorityError = VerifyTokenAuthorityErrors[keyof VerifyTokenAuthorityErrors];

export type VerifyTokenAuthorityResponses = {
    /**
     * OK
     */
    200: DevVerifyDto;
};

export type VerifyTokenAuthorityResponse = VerifyTokenAuthorityResponses[keyof VerifyTokenAuthorityResponses];

export type GetFeeRoutingData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/fee-routing';
};

export type GetFeeRoutingErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetFeeRoutingError = GetFeeRoutingErrors[keyof GetFeeRoutingErrors];

export type GetFeeRoutingResponses = {
    /**
     * OK
     */
    200: FeeRoutingDto;
};

export type GetFeeRoutingResponse = GetFeeRoutingResponses[keyof GetFeeRoutingResponses];

export type CompleteMilestoneData = {
    body: SignedBody;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
        /**
         * Id of the milestone.
         */
        milestoneId: string;
    };
    query?: never;
    url: '/api/commitments/{id}/milestones/{milestoneId}/complete';
};

export type CompleteMilestoneErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CompleteMilestoneError = CompleteMilestoneErrors[keyof CompleteMilestoneErrors];

export type CompleteMilestoneResponses = {
    /**
     * OK
     */
    200: CommitmentDto;
};

export type CompleteMilestoneResponse = CompleteMilestoneResponses[keyof CompleteMilestoneResponses];

export type ListTimelineData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
        /**
         * Events of one commitment only.
         */
        commitmentId?: string;
    };
    url: '/api/timeline';
};

export type ListTimelineErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListTimelineError = ListTimelineErrors[keyof ListTimelineErrors];

export type ListTimelineResponses = {
    /**
     * OK
     */
    200: {
        items: Array<TimelineEventDto>;
        nextCursor: string | null;
    };
};

export type ListTimelineResponse = ListTimelineResponses[keyof ListTimelineResponses];

export type SignalMilestoneData = {
    body: SignedBody;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
        /**
         * Id of the milestone.
         */
        milestoneId: string;
    };
    query?: never;
    url: '/api/commitments/{id}/milestones/{milestoneId}/signal';
};

export type SignalMilestoneErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type SignalMilestoneError = SignalMilestoneErrors[keyof SignalMilestoneErrors];

export type SignalMilestoneResponses = {
    /**
     * Recorded, now or at an earlier request of this wallet.
     */
    200: SignalledDto;
};

export type SignalMilestoneResponse = SignalMilestoneResponses[keyof SignalMilestoneResponses];

export type ListMilestoneSignalsData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
        /**
         * Id of the milestone.
         */
        milestoneId: string;
    };
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/commitments/{id}/milestones/{milestoneId}/signals';
};

export type ListMilestoneSignalsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListMilestoneSignalsError = ListMilestoneSignalsErrors[keyof ListMilestoneSignalsErrors];

export type ListMilestoneSignalsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<SignalDto>;
        nextCursor: string | null;
    };
};

export type ListMilestoneSignalsResponse = ListMilestoneSignalsResponses[keyof ListMilestoneSignalsResponses];

export type NormalizeRewardsData = {
    body: NormalizeRewardsBody;
    headers?: {
        /**
         * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
         */
        Origin?: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/normalize-rewards';
};

export type NormalizeRewardsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type NormalizeRewardsError = NormalizeRewardsErrors[keyof NormalizeRewardsErrors];

export type NormalizeRewardsResponses = {
    /**
     * OK
     */
    200: NormalizationDto;
};

export type NormalizeRewardsResponse = NormalizeRewardsResponses[keyof NormalizeRewardsResponses];

export type ChangeDestinationData = {
    body: DestinationChangeBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/destination-changes';
};

export type ChangeDestinationErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ChangeDestinationError = ChangeDestinationErrors[keyof ChangeDestinationErrors];

export type ChangeDestinationResponses = {
    /**
     * OK
     */
    200: DestinationChangeDto;
};

export type ChangeDestinationResponse = ChangeDestinationResponses[keyof ChangeDestinationResponses];

export type GetFailureDistributionData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/commitments/{id}/failure-distribution';
};

export type GetFailureDistributionErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetFailureDistributionError = GetFailureDistributionErrors[keyof GetFailureDistributionErrors];

export type GetFailureDistributionResponses = {
    /**
     * OK
     */
    200: AnnouncedDistributionDto | DistributionDto;
};

export type GetFailureDistributionResponse = GetFailureDistributionResponses[keyof GetFailureDistributionResponses];

export type ClaimFailureShareData = {
    body: SignedBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/failure-distribution/claim';
};

export type ClaimFailureShareErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ClaimFailureShareError = ClaimFailureShareErrors[keyof ClaimFailureShareErrors];

export type ClaimFailureShareResponses = {
    /**
     * Paid and confirmed.
     */
    200: PaidDto;
    /**
     * The payout is not confirmed yet and continues automatically.
     */
    202: PaidDto;
};

export type ClaimFailureShareResponse = ClaimFailureShareResponses[keyof ClaimFailureShareResponses];

export type ListUnclaimedSharesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/admin/unclaimed-shares';
};

export type ListUnclaimedSharesErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListUnclaimedSharesError = ListUnclaimedSharesErrors[keyof ListUnclaimedSharesErrors];

export type ListUnclaimedSharesResponses = {
    /**
     * OK
     */
    200: {
        items: Array<UnclaimedDto>;
        nextCursor: string | null;
    };
};

export type ListUnclaimedSharesResponse = ListUnclaimedSharesResponses[keyof ListUnclaimedSharesResponses];

export type EnrollForFailureShareData = {
    body: EnrollBody;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/failure-distribution/enroll';
};

export type EnrollForFailureShareErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type EnrollForFailureShareError = EnrollForFailureShareErrors[keyof EnrollForFailureShareErrors];

export type EnrollForFailureShareResponses = {
    /**
     * OK
     */
    200: EnrolledDto;
};

export type EnrollForFailureShareResponse = EnrollForFailureShareResponses[keyof EnrollForFailureShareResponses];

export type ListPausesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Ended ones as well.
         */
        all?: boolean;
    };
    url: '/api/admin/pauses';
};

export type ListPausesErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListPausesError = ListPausesErrors[keyof ListPausesErrors];

export type ListPausesResponses = {
    /**
     * OK
     */
    200: PausesDto;
};

export type ListPausesResponse = ListPausesResponses[keyof ListPausesResponses];

export type CreatePauseData = {
    body: CreatePauseBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/pauses';
};

export type CreatePauseErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreatePauseError = CreatePauseErrors[keyof CreatePauseErrors];

export type CreatePauseResponses = {
    /**
     * From now on nothing that it covers is signed; what is signed is followed to its end.
     */
    201: PauseDto;
};

export type CreatePauseResponse = CreatePauseResponses[keyof CreatePauseResponses];

export type EndPauseData = {
    body: SignedBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/admin/pauses/{id}';
};

export type EndPauseErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type EndPauseError = EndPauseErrors[keyof EndPauseErrors];

export type EndPauseResponses = {
    /**
     * The pause that was ended.
     */
    200: PauseDto;
};

export type EndPauseResponse = EndPauseResponses[keyof EndPauseResponses];

export type ListPayoutsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
        /**
         * `unfinished` is every one that is neither finalized nor cancelled.
         */
        status?: 'unfinished' | 'pending' | 'in_flight' | 'confirmed' | 'finalized' | 'stopped' | 'cancelled';
        commitmentId?: string;
        /**
         * Who pays the fee of a transaction of it that may still land.
         */
        feePayer?: Address;
        /**
         * Seconds since it was decided, at least.
         */
        olderThan?: number;
    };
    url: '/api/admin/payouts';
};

export type ListPayoutsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListPayoutsError = ListPayoutsErrors[keyof ListPayoutsErrors];

export type ListPayoutsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<AdminPayoutDto>;
        nextCursor: string | null;
    };
};

export type ListPayoutsResponse = ListPayoutsResponses[keyof ListPayoutsResponses];

export type ListCommitmentPayoutsData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/commitments/{id}/payouts';
};

export type ListCommitmentPayoutsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListCommitmentPayoutsError = ListCommitmentPayoutsErrors[keyof ListCommitmentPayoutsErrors];

export type ListCommitmentPayoutsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<PayoutDto>;
        nextCursor: string | null;
    };
};

export type ListCommitmentPayoutsResponse = ListCommitmentPayoutsResponses[keyof ListCommitmentPayoutsResponses];

export type GetPayoutData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/payouts/{id}';
};

export type GetPayoutErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetPayoutError = GetPayoutErrors[keyof GetPayoutErrors];

export type GetPayoutResponses = {
    /**
     * OK
     */
    200: PayoutDto;
};

export type GetPayoutResponse = GetPayoutResponses[keyof GetPayoutResponses];

export type RetryPayoutData = {
    body: SignedBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/admin/payouts/{id}/retry';
};

export type RetryPayoutErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type RetryPayoutError = RetryPayoutErrors[keyof RetryPayoutErrors];

export type RetryPayoutResponses = {
    /**
     * OK
     */
    200: PayoutDto;
};

export type RetryPayoutResponse = RetryPayoutResponses[keyof RetryPayoutResponses];

export type RecoverPayoutsData = {
    body: RecoveryBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/recoveries';
};

export type RecoverPayoutsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type RecoverPayoutsError = RecoverPayoutsErrors[keyof RecoverPayoutsErrors];

export type RecoverPayoutsResponses = {
    /**
     * OK
     */
    200: RecoveryDto;
};

export type RecoverPayoutsResponse = RecoverPayoutsResponses[keyof RecoverPayoutsResponses];

export type ResolvePayoutData = {
    body: ResolvePayoutBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of the payout.
         */
        payoutId: string;
    };
    query?: never;
    url: '/api/admin/payouts/{payoutId}/resolve';
};

export type ResolvePayoutErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ResolvePayoutError = ResolvePayoutErrors[keyof ResolvePayoutErrors];

export type ResolvePayoutResponses = {
    /**
     * OK
     */
    200: ResolutionDto;
};

export type ResolvePayoutResponse = ResolvePayoutResponses[keyof ResolvePayoutResponses];

export type ReleaseMilestoneData = {
    body: SignedBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
         */
        Origin?: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
        /**
         * Id of the milestone.
         */
        milestoneId: string;
    };
    query?: never;
    url: '/api/commitments/{id}/milestones/{milestoneId}/release';
};

export type ReleaseMilestoneErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ReleaseMilestoneError = ReleaseMilestoneErrors[keyof ReleaseMilestoneErrors];

export type ReleaseMilestoneResponses = {
    /**
     * Paid and confirmed.
     */
    200: PaidDto;
    /**
     * The payout is not confirmed yet and continues automatically.
     */
    202: PaidDto;
};

export type ReleaseMilestoneResponse = ReleaseMilestoneResponses[keyof ReleaseMilestoneResponses];

export type ListReleaseLocksData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/release-locks';
};

export type ListReleaseLocksErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListReleaseLocksError = ListReleaseLocksErrors[keyof ListReleaseLocksErrors];

export type ListReleaseLocksResponses = {
    /**
     * OK
     */
    200: ReleaseLocksDto;
};

export type ListReleaseLocksResponse = ListReleaseLocksResponses[keyof ListReleaseLocksResponses];

export type ClearReleaseLockData = {
    body: SignedBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of the commitment.
         */
        commitmentId: string;
        /**
         * Id of the milestone.
         */
        milestoneId: string;
    };
    query?: never;
    url: '/api/admin/release-locks/{commitmentId}/{milestoneId}';
};

export type ClearReleaseLockErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ClearReleaseLockError = ClearReleaseLockErrors[keyof ClearReleaseLockErrors];

export type ClearReleaseLockResponses = {
    /**
     * The lock that was cleared.
     */
    200: ReleaseLockDto;
};

export type ClearReleaseLockResponse = ClearReleaseLockResponses[keyof ClearReleaseLockResponses];

export type ResolveCommitmentAsSuccessData = {
    body: SignedBody;
    headers: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/success';
};

export type ResolveCommitmentAsSuccessErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ResolveCommitmentAsSuccessError = ResolveCommitmentAsSuccessErrors[keyof ResolveCommitmentAsSuccessErrors];

export type ResolveCommitmentAsSuccessResponses = {
    /**
     * Paid and confirmed.
     */
    200: PaidDto;
    /**
     * Decided; the payout is not confirmed yet and continues automatically.
     */
    202: PaidDto;
};

export type ResolveCommitmentAsSuccessResponse = ResolveCommitmentAsSuccessResponses[keyof ResolveCommitmentAsSuccessResponses];

export type WithdrawFailureData = {
    body: SignedBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/failure';
};

export type WithdrawFailureErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type WithdrawFailureError = WithdrawFailureErrors[keyof WithdrawFailureErrors];

export type WithdrawFailureResponses = {
    /**
     * OK
     */
    200: CommitmentDto;
};

export type WithdrawFailureResponse = WithdrawFailureResponses[keyof WithdrawFailureResponses];

export type ResolveCommitmentAsFailureData = {
    body: FailureBody;
    headers: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/failure';
};

export type ResolveCommitmentAsFailureErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ResolveCommitmentAsFailureError = ResolveCommitmentAsFailureErrors[keyof ResolveCommitmentAsFailureErrors];

export type ResolveCommitmentAsFailureResponses = {
    /**
     * Paid and confirmed; or failed with nothing to pay at once.
     */
    200: FailureDto;
    /**
     * Announced, or decided with a payout that is not confirmed yet.
     */
    202: FailureDto;
};

export type ResolveCommitmentAsFailureResponse = ResolveCommitmentAsFailureResponses[keyof ResolveCommitmentAsFailureResponses];

export type ListStrayDepositsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/admin/stray-deposits';
};

export type ListStrayDepositsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListStrayDepositsError = ListStrayDepositsErrors[keyof ListStrayDepositsErrors];

export type ListStrayDepositsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<StrayDepositDto>;
        nextCursor: string | null;
    };
};

export type ListStrayDepositsResponse = ListStrayDepositsResponses[keyof ListStrayDepositsResponses];

export type ForwardStrayDepositData = {
    body: SignedBody;
    headers: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/stray-deposits/forward';
};

export type ForwardStrayDepositErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ForwardStrayDepositError = ForwardStrayDepositErrors[keyof ForwardStrayDepositErrors];

export type ForwardStrayDepositResponses = {
    /**
     * Paid and confirmed.
     */
    200: PaidDto;
    /**
     * Not confirmed yet; it continues automatically.
     */
    202: PaidDto;
};

export type ForwardStrayDepositResponse = ForwardStrayDepositResponses[keyof ForwardStrayDepositResponses];

export type SweepCommitmentsData = {
    body: SweepBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
         */
        Origin?: string;
    };
    path?: never;
    query?: never;
    url: '/api/commitments/sweep';
};

export type SweepCommitmentsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type SweepCommitmentsError = SweepCommitmentsErrors[keyof SweepCommitmentsErrors];

export type SweepCommitmentsResponses = {
    /**
     * Decided; the payouts are made by the driver.
     */
    200: SweepDto;
};

export type SweepCommitmentsResponse = SweepCommitmentsResponses[keyof SweepCommitmentsResponses];

export type CreateAvatarUploadData = {
    body: AvatarUploadBody;
    path?: never;
    query?: never;
    url: '/api/profiles/avatar/upload-url';
};

export type CreateAvatarUploadErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreateAvatarUploadError = CreateAvatarUploadErrors[keyof CreateAvatarUploadErrors];

export type CreateAvatarUploadResponses = {
    /**
     * OK
     */
    200: AvatarUploadDto;
};

export type CreateAvatarUploadResponse = CreateAvatarUploadResponses[keyof CreateAvatarUploadResponses];

export type ListProfilesData = {
    body?: never;
    path?: never;
    query: {
        /**
         * 1 to 100 wallets, separated by commas.
         */
        wallets: string;
    };
    url: '/api/profiles';
};

export type ListProfilesErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListProfilesError = ListProfilesErrors[keyof ListProfilesErrors];

export type ListProfilesResponses = {
    /**
     * OK
     */
    200: ProfilesDto;
};

export type ListProfilesResponse = ListProfilesResponses[keyof ListProfilesResponses];

export type GetProfileData = {
    body?: never;
    path: {
        /**
         * Base58 address of the wallet.
         */
        wallet: Address;
    };
    query?: never;
    url: '/api/profiles/{wallet}';
};

export type GetProfileErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetProfileError = GetProfileErrors[keyof GetProfileErrors];

export type GetProfileResponses = {
    /**
     * OK
     */
    200: ProfileDto;
};

export type GetProfileResponse = GetProfileResponses[keyof GetProfileResponses];

export type UpdateProfileData = {
    body: ProfileUpdateBody;
    path: {
        /**
         * Base58 address of the wallet.
         */
        wallet: Address;
    };
    query?: never;
    url: '/api/profiles/{wallet}';
};

export type UpdateProfileErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type UpdateProfileError = UpdateProfileErrors[keyof UpdateProfileErrors];

export type UpdateProfileResponses = {
    /**
     * OK
     */
    200: ProfileDto;
};

export type UpdateProfileResponse = UpdateProfileResponses[keyof UpdateProfileResponses];

export type GetProjectData = {
    body?: never;
    path: {
        /**
         * Base58 address of the token’s mint.
         */
        mint: Address;
    };
    query?: never;
    url: '/api/projects/{mint}';
};

export type GetProjectErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetProjectError = GetProjectErrors[keyof GetProjectErrors];

export type GetProjectResponses = {
    /**
     * OK
     */
    200: ProjectDto;
};

export type GetProjectResponse = GetProjectResponses[keyof GetProjectResponses];

export type PutProjectData = {
    body: ProjectBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        /**
         * Base58 address of the token’s mint.
         */
        mint: Address;
    };
    query?: never;
    url: '/api/projects/{mint}';
};

export type PutProjectErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type PutProjectError = PutProjectErrors[keyof PutProjectErrors];

export type PutProjectResponses = {
    /**
     * OK
     */
    200: ProjectDto;
};

export type PutProjectResponse = PutProjectResponses[keyof PutProjectResponses];

export type GetCreatorFeesData = {
    body?: never;
    path: {
        /**
         * Base58 address of the wallet.
         */
        wallet: Address;
    };
    query?: {
        /**
         * A coin of pump.fun: what waits in its accounts counts as well.
         */
        tokenMint?: Address;
    };
    url: '/api/pumpfun/creators/{wallet}';
};

export type GetCreatorFeesErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetCreatorFeesError = GetCreatorFeesErrors[keyof GetCreatorFeesErrors];

export type GetCreatorFeesResponses = {
    /**
     * OK
     */
    200: CreatorFeesDto;
};

export type GetCreatorFeesResponse = GetCreatorFeesResponses[keyof GetCreatorFeesResponses];

export type CreateCreatorFeeClaimData = {
    body: CreatorFeeClaimBody;
    path?: never;
    query?: never;
    url: '/api/pumpfun/claim';
};

export type CreateCreatorFeeClaimErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type CreateCreatorFeeClaimError = CreateCreatorFeeClaimErrors[keyof CreateCreatorFeeClaimErrors];

export type CreateCreatorFeeClaimResponses = {
    /**
     * OK
     */
    200: ClaimDto;
};

export type CreateCreatorFeeClaimResponse = CreateCreatorFeeClaimResponses[keyof CreateCreatorFeeClaimResponses];

export type ListFeeCollectionsData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/commitments/{id}/fee-collections';
};

export type ListFeeCollectionsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListFeeCollectionsError = ListFeeCollectionsErrors[keyof ListFeeCollectionsErrors];

export type ListFeeCollectionsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<PumpOperationDto>;
        nextCursor: string | null;
    };
};

export type ListFeeCollectionsResponse = ListFeeCollectionsResponses[keyof ListFeeCollectionsResponses];

export type ReserveMintData = {
    body: ReserveMintBody;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/pumpfun/mints';
};

export type ReserveMintErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ReserveMintError = ReserveMintErrors[keyof ReserveMintErrors];

export type ReserveMintResponses = {
    /**
     * OK
     */
    201: ReservedMintDto;
};

export type ReserveMintResponse = ReserveMintResponses[keyof ReserveMintResponses];

export type LaunchCoinData = {
    body: LaunchBody;
    headers: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path?: never;
    query?: never;
    url: '/api/pumpfun/launch';
};

export type LaunchCoinErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type LaunchCoinError = LaunchCoinErrors[keyof LaunchCoinErrors];

export type LaunchCoinResponses = {
    /**
     * Written down; it continues automatically.
     */
    202: LaunchDto;
};

export type LaunchCoinResponse = LaunchCoinResponses[keyof LaunchCoinResponses];

export type GetLaunchData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/commitments/{id}/launch';
};

export type GetLaunchErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetLaunchError = GetLaunchErrors[keyof GetLaunchErrors];

export type GetLaunchResponses = {
    /**
     * OK
     */
    200: LaunchDto;
};

export type GetLaunchResponse = GetLaunchResponses[keyof GetLaunchResponses];

export type ListReconciliationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/admin/reconciliations';
};

export type ListReconciliationsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListReconciliationsError = ListReconciliationsErrors[keyof ListReconciliationsErrors];

export type ListReconciliationsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<ReconciliationRunDto>;
        nextCursor: string | null;
    };
};

export type ListReconciliationsResponse = ListReconciliationsResponses[keyof ListReconciliationsResponses];

export type StartReconciliationData = {
    body: ReconciliationBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again, with the header idempotent-replayed: true. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
        /**
         * Must equal APP_ORIGIN where it is sent, and is required with an admin session.
         */
        Origin?: string;
    };
    path?: never;
    query?: never;
    url: '/api/admin/reconciliations';
};

export type StartReconciliationErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type StartReconciliationError = StartReconciliationErrors[keyof StartReconciliationErrors];

export type StartReconciliationResponses = {
    /**
     * OK
     */
    200: ReconciliationDto;
};

export type StartReconciliationResponse = StartReconciliationResponses[keyof StartReconciliationResponses];

export type GetReconciliationData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/admin/reconciliations/{id}';
};

export type GetReconciliationErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetReconciliationError = GetReconciliationErrors[keyof GetReconciliationErrors];

export type GetReconciliationResponses = {
    /**
     * OK
     */
    200: ReconciliationDto;
};

export type GetReconciliationResponse = GetReconciliationResponses[keyof GetReconciliationResponses];

export type ExportReconciliationCsvData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: never;
    url: '/api/admin/reconciliations/{id}/lines.csv';
};

export type ExportReconciliationCsvErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ExportReconciliationCsvError = ExportReconciliationCsvErrors[keyof ExportReconciliationCsvErrors];

export type ExportReconciliationCsvResponses = {
    /**
     * RFC 4180
     */
    200: string;
};

export type ExportReconciliationCsvResponse = ExportReconciliationCsvResponses[keyof ExportReconciliationCsvResponses];

export type GetProofData = {
    body?: never;
    path: {
        /**
         * Id of what the path names.
         */
        id: string;
    };
    query?: {
        /**
         * How many items a page has at most.
         */
        limit?: number;
        /**
         * `nextCursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/commitments/{id}/proof';
};

export type GetProofErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetProofError = GetProofErrors[keyof GetProofErrors];

export type GetProofResponses = {
    /**
     * OK
     */
    200: ProofDto;
};

export type GetProofResponse = GetProofResponses[keyof GetProofResponses];

export type ListJobsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/jobs';
};

export type ListJobsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListJobsError = ListJobsErrors[keyof ListJobsErrors];

export type ListJobsResponses = {
    /**
     * OK
     */
    200: JobList;
};

export type ListJobsResponse = ListJobsResponses[keyof ListJobsResponses];

export type ListRateLimitsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * An IP address or a wallet, whose open windows are shown.
         */
        client?: string;
    };
    url: '/api/admin/rate-limits';
};

export type ListRateLimitsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ListRateLimitsError = ListRateLimitsErrors[keyof ListRateLimitsErrors];

export type ListRateLimitsResponses = {
    /**
     * OK
     */
    200: LimitsDto;
};

export type ListRateLimitsResponse = ListRateLimitsResponses[keyof ListRateLimitsResponses];

export type ForgiveRateLimitsData = {
    body?: never;
    headers: {
        /**
         * Must equal APP_ORIGIN. Browsers send it; other clients have to.
         */
        Origin: string;
    };
    path: {
        client: string;
    };
    query?: never;
    url: '/api/admin/rate-limits/{client}';
};

export type ForgiveRateLimitsErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type ForgiveRateLimitsError = ForgiveRateLimitsErrors[keyof ForgiveRateLimitsErrors];

export type ForgiveRateLimitsResponses = {
    /**
     * OK
     */
    200: ForgivenDto;
};

export type ForgiveRateLimitsResponse = ForgiveRateLimitsResponses[keyof ForgiveRateLimitsResponses];

export type GetOverviewData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/admin/overview';
};

export type GetOverviewErrors = {
    /**
     * What was refused, or has failed. 429 and 503 have Retry-After.
     */
    default: Problem;
};

export type GetOverviewError = GetOverviewErrors[keyof GetOverviewErrors];

export type GetOverviewResponses = {
    /**
     * OK
     */
    200: OverviewDto;
};

export type GetOverviewResponse = GetOverviewResponses[keyof GetOverviewResponses];
