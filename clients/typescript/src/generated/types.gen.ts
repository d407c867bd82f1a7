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
    /**
     * Host of APP_ORIGIN, with its port.
     */
    domain: string;
    /**
     * The wallet.
     */
    address: string;
    /**
     * What signing means.
     */
    statement: string;
    /**
     * APP_ORIGIN.
     */
    uri: string;
    /**
     * Of the form of the text.
     */
    version: '1';
    /**
     * The Solana cluster.
     */
    chainId: string;
    /**
     * The same as above.
     */
    nonce: string;
    /**
     * When the text was made.
     */
    issuedAt: string;
    /**
     * When the nonce ends.
     */
    expirationTime: string;
};

export type NonceAnswer = {
    /**
     * Single use; 10 minutes.
     */
    nonce: string;
    /**
     * The Sign-In With Solana text to sign, unchanged.
     */
    message: string;
    /**
     * The fields of that text, for wallets that offer solana:signIn.
     */
    signInInput: SignInInputDto;
    /**
     * A transaction that holds the text as a memo, base64: for wallets whose hardware signs nothing else. No network takes it.
     */
    transaction: string;
    /**
     * When it ends.
     */
    expiresAt: string;
};

export type LoginRequest = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
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
    /**
     * The signed-in wallet.
     */
    wallet: string;
    /**
     * End of the session.
     */
    expiresAt: string;
};

export type RevocationDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * The wallet that is shut out.
     */
    admin: string;
    /**
     * From when on its acts do not count for what has no signed transaction.
     */
    voidFrom?: string;
    /**
     * Why, in words.
     */
    reason?: string;
    /**
     * Wallet of the admin who signed it.
     */
    revokedBy: string;
    /**
     * When it was signed.
     */
    revokedAt: string;
    /**
     * True when ADMIN_RESTORED_REVOCATIONS names it: then it does not count any more.
     */
    restored: boolean;
};

export type RevocationsDto = {
    /**
     * What was asked for.
     */
    items: Array<RevocationDto>;
};

export type RevocationActParams = {
    /**
     * The admin to shut out.
     */
    admin: Address;
    /**
     * Acts of this wallet that were accepted then or later do not count for what has no signed transaction yet.
     */
    voidFrom?: string;
    /**
     * Why; shown with the revocation.
     */
    reason?: string;
};

export type SignedBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
};

export type CreateRevocationBody = RevocationActParams & SignedBody;

export type SessionDto = {
    /**
     * Names the session in DELETE /api/admin/sessions/:session; opens nothing.
     */
    handle: string;
    /**
     * The signed-in wallet.
     */
    wallet: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * To the minute.
     */
    lastSeenAt: string;
    /**
     * When it ends.
     */
    expiresAt: string;
    /**
     * Whether it is the one of this request.
     */
    current: boolean;
};

export type SessionsDto = {
    /**
     * What was asked for.
     */
    items: Array<SessionDto>;
};

export type SessionsEndedDto = {
    /**
     * How many sessions were ended.
     */
    ended: number;
};

export type AuditLogDto = {
    /**
     * Grows with time; gaps are normal.
     */
    id: string;
    /**
     * With microseconds.
     */
    ts: string;
    /**
     * Name of the event; docs/events.md lists all.
     */
    event: string;
    /**
     * A wallet, `job:<name>`, `cron`, or `anonymous` for who proved nothing.
     */
    actor: string;
    /**
     * Of the request, or the id of the job run.
     */
    requestId: string;
    /**
     * Id of the commitment.
     */
    commitmentId: string | null;
    /**
     * Id of the payout.
     */
    payoutId: string | null;
    /**
     * Of the transaction on chain.
     */
    signature: string | null;
    /**
     * What the event is about; docs/events.md.
     */
    fields: {
        [key: string]: unknown;
    };
};

export type AuditKeyDto = {
    /**
     * From 1 on.
     */
    number: number;
    /**
     * Ed25519, base58.
     */
    publicKey: string;
    /**
     * The last seal of the key before it; `0` for the first key.
     */
    afterSeal: string;
    /**
     * By this key over `cts-audit-key:NUMBER:PUBLIC_KEY:PREVIOUS_PUBLIC_KEY or none:AFTER_SEAL`; base58.
     */
    ownSignature: string;
    /**
     * By the key before it, over the same text; null for the first key.
     */
    previousSignature: string | null;
    /**
     * When it came into use.
     */
    madeAt: string;
};

export type AuditKeysDto = {
    /**
     * Signs new seals; null where ESCROW_DB_SECRET is not set.
     */
    publicKey: string | null;
    /**
     * Present and earlier keys, newest first.
     */
    keys: Array<AuditKeyDto>;
};

export type WebhookDeliveryDto = {
    /**
     * The webhook-id: the same at every attempt.
     */
    id: string;
    /**
     * Row of the audit log.
     */
    auditId: string;
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * Name of the event; docs/events.md lists all.
     */
    event: string;
    /**
     * Where it stands.
     */
    status: 'pending' | 'delivered' | 'undeliverable';
    /**
     * Attempts begun since it was written, or sent again.
     */
    attempts: number;
    /**
     * Of a pending one.
     */
    nextAttemptAt?: string;
    /**
     * Status of the last answer.
     */
    lastStatus?: number;
    /**
     * Why the last attempt failed.
     */
    lastError?: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When the receiver took it.
     */
    deliveredAt?: string;
};

export type WebhookEndpointDto = {
    /**
     * Host of AUDIT_WEBHOOK_URL, whose path may be a secret; null where it is not set.
     */
    host: string | null;
    /**
     * Whether AUDIT_WEBHOOK_SECRET is set.
     */
    signed: boolean;
    /**
     * Since when nothing is sent.
     */
    disabledAt: string | null;
    /**
     * Why nothing is sent; null while it is.
     */
    disabledReason: string | null;
    /**
     * Deliveries that wait.
     */
    pending: number;
    /**
     * Deliveries that were given up.
     */
    undeliverable: number;
    /**
     * When the oldest one that waits was written; null for none.
     */
    oldestPendingAt: string | null;
};

export type LivenessDto = {
    /**
     * Where it stands.
     */
    status: 'ok';
    /**
     * The version of this service.
     */
    version: string;
};

export type HealthCheckDto = {
    /**
     * Where it stands.
     */
    status: 'ok' | 'error';
    /**
     * What is wrong; of the fee payer also what it holds.
     */
    detail?: string;
    /**
     * Of rpc: each endpoint with its voice, whether it is ok or red, its slot and how far it is behind.
     */
    endpoints?: Array<{
        [key: string]: unknown;
    }>;
    /**
     * Of rpc: only one provider is configured.
     */
    singleSource?: boolean;
    /**
     * Of jobs: when each job last succeeded; null for never.
     */
    lastSuccess?: {
        [key: string]: string | null;
    };
};

export type ReadinessDto = {
    /**
     * error (503): no request can be served. draining (503): it ends soon, and serves until then. degraded (200): some requests cannot be served, such as payouts.
     */
    status: 'ok' | 'degraded' | 'draining' | 'error';
    /**
     * One member for each part: database, migrations, rpc, signer, feePayer, jobs.
     */
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
    /**
     * Id of the commitment.
     */
    commitmentId: string;
};

export type CompleteParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
};

export type PersonalCreationParams = {
    /**
     * Who receives the escrow when the commitment fails; not the wallet itself.
     */
    destinationOnFail: Address;
    /**
     * The public promise; stored in NFC.
     */
    statement?: string | null;
    /**
     * Which form of commitment.
     */
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
    /**
     * Who receives the escrow when the commitment fails; not the wallet itself.
     */
    destinationOnFail: Address;
    /**
     * The public promise; stored in NFC.
     */
    statement?: string | null;
    /**
     * Which form of commitment.
     */
    kind: 'creator_reward';
    /**
     * Mint of the token, of which the wallet is mint or metadata update authority, or the creator on pump.fun.
     */
    tokenMint: Address;
    /**
     * How creator fees reach the escrow: the creator sends them, or the service collects them.
     */
    creatorFeeMode: 'assisted' | 'managed';
    /**
     * In the order of the terms.
     */
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
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
};

export type CreatorFeeClaimParams = {
    /**
     * A coin of the wallet: what waits in its accounts is swept first.
     */
    tokenMint?: Address;
};

export type ClaimParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
};

export type CommitmentActParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
};

export type MilestoneActParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
};

export type PayoutActParams = {
    /**
     * Id of the payout.
     */
    payoutId: string;
};

export type EnrollParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Token accounts to look at as well: those that it has closed or given away since the announcement.
     */
    accounts?: Array<string>;
};

export type PauseActParams = {
    /**
     * What it stops.
     */
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
    /**
     * Id of the pause.
     */
    pauseId: string;
};

export type ResolveActParams = {
    /**
     * Id of the payout.
     */
    payoutId: string;
    /**
     * `one`: those that answer suffice, 24 hours after the signing at the earliest.
     */
    witnesses: 'all' | 'one';
};

export type FailureActParams = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Why the commitment has failed; part of the signed text.
     */
    reason?: string;
};

export type AvatarUploadParams = {
    /**
     * What will be uploaded.
     */
    contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
};

export type ProfileUpdateParams = {
    /**
     * Shown name.
     */
    name?: string;
    /**
     * About the wallet.
     */
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
    action: 'avatar.upload';
    wallet: Address;
    params: AvatarUploadParams;
} | {
    action: 'profile.update';
    wallet: Address;
    params: ProfileUpdateParams;
};

export type SigningMessageAnswer = {
    /**
     * The exact text to sign, UTF-8.
     */
    message: string;
    /**
     * Send it back, unchanged, with the signature.
     */
    issuedAt: string;
    /**
     * After this time the signature is refused.
     */
    expiresAt: string;
    /**
     * For `commitment.create`: the terms that the message contains.
     */
    terms?: {
        [key: string]: unknown;
    };
    /**
     * For `commitment.create`: SHA-256 of the canonical terms, hex.
     */
    termsHash?: string;
};

export type KeyRotationDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * Where it stands.
     */
    status: 'running' | 'finished';
    /**
     * Keys that the newest secret has sealed.
     */
    rotated: number;
    /**
     * Rows that did not open; each is an `escrow_key_error`.
     */
    failed: number;
    /**
     * Rows that are still to be looked at.
     */
    remaining: number;
    /**
     * Wallet of the admin.
     */
    requestedBy: string;
    /**
     * When it was asked for.
     */
    requestedAt: string;
    /**
     * When it ended.
     */
    finishedAt?: string;
};

export type EscrowKeyDto = {
    /**
     * Names a secret and reveals nothing about it.
     */
    keyId: string;
    /**
     * Escrow keys that it has sealed.
     */
    rows: number;
    /**
     * Whether this process has the secret.
     */
    configured: boolean;
};

export type EscrowKeysDto = {
    /**
     * Seals new keys; null without ESCROW_DB_SECRET.
     */
    currentKeyId: string | null;
    /**
     * Every configured secret, and every one that a row names.
     */
    keys: Array<EscrowKeyDto>;
    /**
     * Marks that older secrets have made: while there are any, those secrets must stay configured.
     */
    olderMarks: number;
    /**
     * The open rotation, else the last one.
     */
    rotation: KeyRotationDto | null;
};

export type CustodyFailureDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Base58 address of the escrow.
     */
    address: string;
    /**
     * Why, in words.
     */
    reason: string;
};

export type CustodyReportDto = {
    /**
     * Keys that were looked at.
     */
    checked: number;
    /**
     * Those that did not open.
     */
    failed: number;
    /**
     * The first 100.
     */
    failures: Array<CustodyFailureDto>;
};

export type FeePayerDto = {
    /**
     * null: each escrow pays its own fees.
     */
    address: string | null;
    /**
     * null without a fee payer.
     */
    balanceLamports: number | null;
    /**
     * FEE_PAYER_FLOOR_LAMPORTS.
     */
    floorLamports: Lamports;
    /**
     * False below the floor.
     */
    ok: boolean;
};

export type EscrowDto = {
    /**
     * Base58 address of the escrow.
     */
    address: string;
    /**
     * Who keeps the key of the escrow.
     */
    custody: 'local' | 'privy';
    /**
     * null while it was never read.
     */
    balanceLamports: number | null;
    /**
     * When the balance was read.
     */
    balanceAsOf: string | null;
    /**
     * Of a personal commitment: what it held when its end was decided. Less than amountLamports was never fully funded.
     */
    fundedLamports?: Lamports;
};

export type PersonalTermsDto = {
    /**
     * Which rules hold.
     */
    version: 1;
    /**
     * Authority or creator.
     */
    wallet: string;
    /**
     * The Solana cluster.
     */
    cluster: string;
    /**
     * Who receives the escrow when the commitment fails.
     */
    destinationOnFail: string;
    /**
     * The public promise; null for none.
     */
    statement: string | null;
    /**
     * Which form of commitment.
     */
    kind: 'personal';
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports: Lamports;
    /**
     * Until when the authority must attest, on the chain's clock.
     */
    deadline: string;
    /**
     * Seconds after the deadline in which an admin decides.
     */
    decisionWindowSeconds: number;
};

export type PersonalCommitmentDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * Where it stands.
     */
    status: 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
    /**
     * The public promise; null for none.
     */
    statement: string | null;
    /**
     * Authority (personal) or creator (creator_reward).
     */
    wallet: string;
    /**
     * Who receives the escrow when the commitment fails.
     */
    destinationOnFail: string;
    /**
     * SHA-256 of the canonical JSON of terms, hex.
     */
    termsHash: string;
    escrow: EscrowDto;
    /**
     * When the announced failure takes effect; absent where none is announced.
     */
    failureEffectiveAt?: string;
    /**
     * Why an admin has filed the failure.
     */
    failureReason?: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When it reached its final status; absent before.
     */
    resolvedAt?: string;
    /**
     * Which form of commitment.
     */
    kind: 'personal';
    /**
     * What the authority has promised to lock, in lamports.
     */
    amountLamports: Lamports;
    /**
     * Until when the authority must attest, on the chain's clock.
     */
    deadline: string;
    /**
     * Chain time of the attestation.
     */
    attestedAt?: string;
    /**
     * Frozen at creation.
     */
    terms: PersonalTermsDto;
};

export type FeeRoutingSummaryDto = {
    /**
     * Do the creator fees reach the escrow?
     */
    answer: 'yes' | 'partly' | 'no' | 'unknown';
    /**
     * Basis points of the fees that reach the escrow.
     */
    bps: number;
    /**
     * Nobody can change it any more.
     */
    locked: boolean;
    /**
     * When it was read.
     */
    readAt: string;
};

export type RewardTermsDto = {
    /**
     * Which rules hold.
     */
    version: 1;
    /**
     * Authority or creator.
     */
    wallet: string;
    /**
     * The Solana cluster.
     */
    cluster: string;
    /**
     * Who receives the escrow when the commitment fails.
     */
    destinationOnFail: string;
    /**
     * The public promise; null for none.
     */
    statement: string | null;
    /**
     * Which form of commitment.
     */
    kind: 'creator_reward';
    /**
     * Base58 address of the token’s mint.
     */
    tokenMint: string;
    /**
     * Token program of the mint.
     */
    tokenProgram: 'spl-token' | 'token-2022';
    /**
     * Decimals of the token.
     */
    tokenDecimals: number;
    /**
     * Raw units that existed, a decimal integer.
     */
    tokenSupply: string;
    /**
     * Whether somebody could print more of it.
     */
    mintable: boolean;
    /**
     * Who could print more of it; null for nobody.
     */
    mintAuthority: string | null;
    /**
     * Who can freeze holdings; null for nobody.
     */
    freezeAuthority: string | null;
    /**
     * How creator fees reach the escrow: the creator sends them, or the service collects them.
     */
    creatorFeeMode: 'assisted' | 'managed';
    /**
     * In the order of the terms.
     */
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
    /**
     * Base58 address of the treasury; null for none.
     */
    treasury: string | null;
};

export type TokenDto = {
    /**
     * Token program of the mint.
     */
    program: 'spl-token' | 'token-2022';
    /**
     * Decimals of the token.
     */
    decimals: number;
    /**
     * Raw units when the terms were signed, a decimal integer.
     */
    supply: string;
    /**
     * Who could print more of it; null for nobody.
     */
    mintAuthority: string | null;
    /**
     * Who can freeze holdings; null for nobody.
     */
    freezeAuthority: string | null;
    /**
     * What a holder should know: `mintable`, `freezable`.
     */
    warnings: Array<'mintable' | 'freezable'>;
};

export type ApprovalsDto = {
    /**
     * Sum of the approvals as they were given, in US dollars; an exact decimal.
     */
    weightUsd: string;
    /**
     * What the sum has to reach; frozen with the terms.
     */
    thresholdUsd: string;
    /**
     * How many wallets have approved.
     */
    voters: number;
    /**
     * What was left of the sum when the approving wallets were read again.
     */
    reweighedUsd?: string;
};

export type WaitingDto = {
    /**
     * What has to be met.
     */
    condition: 'commitment_active' | 'attested' | 'claim_delay' | 'approvals' | 'reweighed_approvals' | 'supply_grown' | 'approved_supply' | 'release' | 'payment';
    /**
     * How it stands: a status, a time of the chain's clock or US dollars; null when not known yet.
     */
    value: string | null;
    /**
     * What it has to reach.
     */
    limit: string;
    /**
     * Who can bring that about.
     */
    who: 'creator' | 'holders' | 'admin' | 'service' | 'time' | 'nobody';
};

export type MilestoneDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * What the milestone is about.
     */
    title: string;
    /**
     * Lamports that the creator is paid for it.
     */
    unlockLamports: Lamports;
    /**
     * Where it stands.
     */
    status: 'locked' | 'completed' | 'claimable' | 'releasing' | 'released' | 'forfeited';
    /**
     * Chain time of the creator's attestation.
     */
    completedAt?: string;
    /**
     * Chain time.
     */
    claimableAt?: string;
    /**
     * From this chain time on a failure does not forfeit it.
     */
    earnedAt?: string;
    /**
     * From this chain time on the creator may release it without an admin.
     */
    selfReleaseAt?: string;
    /**
     * When it was paid.
     */
    releasedAt?: string;
    /**
     * What it was paid, where a failed escrow could not cover all that was earned.
     */
    paidLamports?: Lamports;
    approvals: ApprovalsDto;
    /**
     * Every condition that is not met yet; empty when none is left.
     */
    waitingFor: Array<WaitingDto>;
    /**
     * Of the transaction that paid it.
     */
    signature?: string;
};

export type RewardCommitmentDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * Where it stands.
     */
    status: 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
    /**
     * The public promise; null for none.
     */
    statement: string | null;
    /**
     * Authority (personal) or creator (creator_reward).
     */
    wallet: string;
    /**
     * Who receives the escrow when the commitment fails.
     */
    destinationOnFail: string;
    /**
     * SHA-256 of the canonical JSON of terms, hex.
     */
    termsHash: string;
    escrow: EscrowDto;
    /**
     * When the announced failure takes effect; absent where none is announced.
     */
    failureEffectiveAt?: string;
    /**
     * Why an admin has filed the failure.
     */
    failureReason?: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When it reached its final status; absent before.
     */
    resolvedAt?: string;
    /**
     * Which form of commitment.
     */
    kind: 'creator_reward';
    /**
     * Base58 address of the token’s mint.
     */
    tokenMint: string;
    /**
     * `managed` only while all creator fees are known to reach the escrow; the terms say what was signed.
     */
    creatorFeeMode: 'assisted' | 'managed';
    /**
     * Of managed mode: the last reading of where the creator fees go. Absent before the first one.
     */
    feeRouting?: FeeRoutingSummaryDto;
    /**
     * Frozen at creation.
     */
    terms: RewardTermsDto;
    /**
     * Its token, as frozen in the terms.
     */
    token: TokenDto;
    /**
     * In the order of the terms.
     */
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

export type DevVerifyBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * Mint of the token.
     */
    tokenMint: Address;
};

export type DevVerifyDto = {
    /**
     * Base58 address of the wallet.
     */
    wallet: string;
    /**
     * Base58 address of the token’s mint.
     */
    tokenMint: string;
    /**
     * null when nobody can mint any more.
     */
    mintAuthority: string | null;
    /**
     * Who may change the metadata; null when nobody may.
     */
    updateAuthority: string | null;
    /**
     * Always true; otherwise the answer is a 403.
     */
    isAuthority: true;
};

export type FeeRoutingDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Base58 address of the token’s mint.
     */
    tokenMint: string;
    /**
     * As the terms say.
     */
    creatorFeeMode: 'assisted' | 'managed';
    /**
     * Address of the escrow.
     */
    escrow: string;
    /**
     * Do the creator fees reach the escrow?
     */
    answer: 'yes' | 'partly' | 'no' | 'unknown';
    /**
     * Why, in words.
     */
    reason: 'not_a_pump_coin' | 'unknown_layout' | 'other_currency' | 'graduating' | 'cashback' | 'holder_rewards' | 'sharing_inactive' | 'sharing' | 'escrow_is_creator' | 'other_creator';
    /**
     * The reason, for a person.
     */
    detail: string;
    /**
     * Basis points of the fees that reach the escrow.
     */
    bps: number;
    /**
     * Whom pump.fun names as creator; its sharing config where the fees are shared.
     */
    earner: string | null;
    /**
     * Nobody can change it any more, pump.fun included.
     */
    locked: boolean;
    /**
     * Who may change the shares.
     */
    admin: string | null;
    /**
     * The one slot of which all of this is.
     */
    slot: number;
};

export type TimelineEventDto = {
    /**
     * Grows with time.
     */
    id: string;
    /**
     * When it happened.
     */
    ts: string;
    /**
     * Name of the event; docs/events.md lists all.
     */
    event: 'commitment_created' | 'commitment_attested' | 'commitment_completed' | 'milestone_completed' | 'milestone_approved' | 'milestone_claimable' | 'commitment_success_decided' | 'commitment_failure_filed' | 'commitment_failure_withdrawn' | 'commitment_failure_decided' | 'commitment_failure_announced' | 'commitment_failure_proposed' | 'commitment_failure_confirmed' | 'commitment_failure_effective' | 'milestone_release_decided' | 'share_claimed' | 'payout_confirmed' | 'payout_finalized';
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * Id of the milestone.
     */
    milestoneId?: string;
    /**
     * Id of the payout.
     */
    payoutId?: string;
    /**
     * Authority, creator or holder, where it was their act.
     */
    wallet?: string;
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports?: Lamports;
    /**
     * What the escrow held when the end was decided.
     */
    fundedLamports?: Lamports;
    /**
     * What an admin gave as the reason of a failure.
     */
    reason?: string;
    /**
     * When an announced failure takes effect.
     */
    failureEffectiveAt?: string;
    /**
     * Of the transaction on chain.
     */
    signature?: string;
};

export type SignalledDto = {
    /**
     * Base58 wallet address.
     */
    wallet: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
    /**
     * By the chain's clock.
     */
    signalledAt: string;
    /**
     * Whether it also earns a share should the commitment fail.
     */
    inVoteWindow: boolean;
    /**
     * Smallest units of the token, an integer.
     */
    rawAmount: string;
    /**
     * Decimals of the token.
     */
    decimals: number;
    /**
     * Of one whole token, when signalled.
     */
    priceUsd: string;
    /**
     * rawAmount x priceUsd, exact.
     */
    weightUsd: string;
    /**
     * Of the milestone, this approval included.
     */
    approvals: ApprovalsDto;
};

export type SignalDto = {
    /**
     * Base58 wallet address.
     */
    wallet: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
    /**
     * By the chain's clock.
     */
    signalledAt: string;
    /**
     * Whether it also earns a share should the commitment fail.
     */
    inVoteWindow: boolean;
    /**
     * Smallest units of the token, an integer.
     */
    rawAmount: string;
    /**
     * Decimals of the token.
     */
    decimals: number;
    /**
     * Of one whole token, when signalled.
     */
    priceUsd: string;
    /**
     * rawAmount x priceUsd, exact.
     */
    weightUsd: string;
    /**
     * What the wallet held at the last re-weighing; null before the first one.
     */
    reweighedRawAmount: string | null;
    /**
     * The lesser of weightUsd and what it held at the last re-weighing x priceUsd.
     */
    reweighedUsd: string | null;
};

export type NormalizeRewardsBody = {
    /**
     * Only milestones of this commitment.
     */
    commitmentId?: string;
    /**
     * How many at most.
     */
    limit?: number;
};

export type NormalizationDto = {
    /**
     * Milestones that this run looked at.
     */
    due: number;
    /**
     * Claimable from now on.
     */
    unlocked: number;
    /**
     * Re-weighed below the threshold.
     */
    held: number;
    /**
     * Could not be weighed; the next run tries again.
     */
    errors: number;
};

export type AnnouncedDistributionDto = {
    /**
     * Where it stands.
     */
    status: 'announced';
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Chain time.
     */
    announcedAt: string;
    /**
     * Chain time; until then holders enroll, and admins can call it off.
     */
    failureEffectiveAt: string;
    /**
     * What wallets held at the end of this slot is their weight.
     */
    announcementSlot: string;
    /**
     * Wallets that have enrolled.
     */
    enrolledWallets: number;
    /**
     * How many of them are weighed.
     */
    weighedWallets: number;
    /**
     * Tokens were printed: only amounts that approvals recorded before count.
     */
    supplyGrown: boolean;
    /**
     * Why it has not taken effect though its time has come.
     */
    waitingFor: string | null;
    /**
     * Base58 address of the treasury; null for none.
     */
    treasury: string | null;
    /**
     * Of the frozen terms, in hundredths of a percent.
     */
    treasuryShareBps: number;
    /**
     * Of the frozen terms: who would get less gets nothing, and its part falls to the others.
     */
    minShareLamports: Lamports;
    /**
     * destinationOnFail of the commitment: it gets the pot where nobody has a share.
     */
    destination: string;
};

export type EarnedDto = {
    /**
     * Id of the milestone.
     */
    milestoneId: string;
    /**
     * 0 where the escrow did not cover it: later money does.
     */
    amountLamports: Lamports;
};

export type ShareDto = {
    /**
     * Base58 wallet address.
     */
    wallet: string;
    /**
     * Smallest units of the token that it held when the failure was announced.
     */
    weightRaw: string;
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports: Lamports;
    /**
     * Where it stands.
     */
    status: 'unclaimed' | 'paying' | 'paid';
    /**
     * Id of the payout.
     */
    payoutId?: string;
    /**
     * Of the transaction that paid it.
     */
    signature?: string;
};

export type DistributionDto = {
    /**
     * Where it stands.
     */
    status: 'frozen';
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * What the escrow held when the failure was decided.
     */
    escrowBalanceLamports: Lamports;
    /**
     * By the frozen terms; 0 as well where the treasury account could not hold its share.
     */
    treasuryLamports: Lamports;
    /**
     * The sum of all shares.
     */
    potLamports: Lamports;
    /**
     * For milestones that were earned; the sum of `earned`.
     */
    earnedLamports: Lamports;
    /**
     * In the order in which they are covered.
     */
    earned: Array<EarnedDto>;
    /**
     * For destinationOnFail, where nobody has a share.
     */
    destinationLamports: Lamports;
    /**
     * Network fees of all transfers; 0 where the service pays them.
     */
    feeLamports: Lamports;
    /**
     * Kept back until the last share is claimed, then paid to destinationOnFail.
     */
    reserveLamports: Lamports;
    /**
     * Too little to be moved.
     */
    strandedLamports: Lamports;
    /**
     * Of one transfer.
     */
    legFeeLamports: Lamports;
    /**
     * Base58 address of the treasury; null for none.
     */
    treasury: string | null;
    /**
     * Of the frozen terms, in hundredths of a percent.
     */
    treasuryShareBps: number;
    /**
     * destinationOnFail of the commitment.
     */
    destination: string;
    /**
     * When all amounts were fixed.
     */
    frozenAt: string;
    /**
     * Lamports of the shares that nobody has claimed.
     */
    unclaimedLamports: Lamports;
    /**
     * How many they are.
     */
    unclaimedShares: number;
    /**
     * By wallet, one page.
     */
    shares: Array<ShareDto>;
    /**
     * `cursor` of the next page; null on the last one.
     */
    nextCursor: string | null;
};

export type PayoutAttemptDto = {
    /**
     * null until it is signed.
     */
    signature: string | null;
    /**
     * Where it stands.
     */
    status: 'prepared' | 'signed' | 'confirmed' | 'finalized' | 'failed' | 'dead' | 'abandoned';
    /**
     * Who pays its fee: the source, or the fee payer of this service.
     */
    feePayer: string;
    /**
     * Of the whole transaction.
     */
    feeLamports: Lamports;
    /**
     * It cannot land in a block above this height.
     */
    lastValidBlockHeight: number;
    /**
     * When it was made.
     */
    createdAt: string;
};

export type PayoutDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * What the money is moved for.
     */
    purpose: 'personal_success' | 'personal_failure' | 'milestone_release' | 'failure_treasury' | 'failure_destination' | 'failure_remainder' | 'distribution_claim' | 'stray_forward';
    /**
     * Where it stands.
     */
    status: 'pending' | 'in_flight' | 'confirmed' | 'finalized' | 'stopped' | 'cancelled';
    /**
     * Base58 address of the escrow that pays.
     */
    source: string;
    /**
     * Base58 address that is paid.
     */
    destination: string;
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports: Lamports;
    /**
     * Why it does not continue, in words; absent while it does.
     */
    waitingFor?: string;
    /**
     * Of the attempt that has landed or still may.
     */
    signature?: string;
    /**
     * Every transaction that was made for it, oldest first.
     */
    attempts: Array<PayoutAttemptDto>;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When the network had confirmed it.
     */
    confirmedAt?: string;
    /**
     * When it could not be undone any more.
     */
    finalizedAt?: string;
};

export type PaidDto = {
    /**
     * Absent only where a commitment has failed whose escrow was never funded: there is nothing to pay.
     */
    payout?: PayoutDto;
    commitment: CommitmentDto;
    /**
     * Of the confirmed transaction; absent while it is not confirmed.
     */
    signature?: string;
};

export type UnclaimedDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Base58 address of the escrow.
     */
    escrow: string;
    /**
     * How many they are.
     */
    unclaimedShares: number;
    /**
     * Lamports of the shares that nobody has claimed.
     */
    unclaimedLamports: Lamports;
    /**
     * When all amounts were fixed.
     */
    frozenAt: string;
};

export type EnrollBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * Token accounts to look at as well: those that it has closed or given away since the announcement.
     */
    accounts?: Array<string>;
};

export type EnrolledDto = {
    /**
     * Base58 wallet address.
     */
    wallet: string;
    /**
     * Smallest units of the token that would count now: what it held at the announcement.
     */
    weightRaw: string;
    /**
     * Chain time.
     */
    enrolledAt: string;
};

export type PauseDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * What it stops.
     */
    scope: 'all' | 'commitment' | 'purpose';
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * What the money is moved for.
     */
    purpose?: 'personal_success' | 'personal_failure' | 'milestone_release' | 'failure_treasury' | 'failure_destination' | 'failure_remainder' | 'distribution_claim' | 'stray_forward';
    /**
     * Why, in words.
     */
    reason: string;
    /**
     * Wallet of the admin who paused.
     */
    createdBy: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When it ends without anybody’s word.
     */
    endsAt: string;
    /**
     * Wallet of the admin who ended it, or the job that did; absent while it is open.
     */
    endedBy?: string;
    /**
     * When it ended; absent while it is open.
     */
    endedAt?: string;
};

export type PausesDto = {
    /**
     * What was asked for.
     */
    items: Array<PauseDto>;
};

export type CreatePauseBody = PauseActParams & SignedBody;

export type AdminPayoutDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * What the money is moved for.
     */
    purpose: 'personal_success' | 'personal_failure' | 'milestone_release' | 'failure_treasury' | 'failure_destination' | 'failure_remainder' | 'distribution_claim' | 'stray_forward';
    /**
     * Where it stands.
     */
    status: 'pending' | 'in_flight' | 'confirmed' | 'finalized' | 'stopped' | 'cancelled';
    /**
     * Base58 address of the escrow that pays.
     */
    source: string;
    /**
     * Base58 address that is paid.
     */
    destination: string;
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports: Lamports;
    /**
     * Why it does not continue, in words; absent while it does.
     */
    waitingFor?: string;
    /**
     * Of the attempt that has landed or still may.
     */
    signature?: string;
    /**
     * Every transaction that was made for it, oldest first.
     */
    attempts: Array<PayoutAttemptDto>;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When the network had confirmed it.
     */
    confirmedAt?: string;
    /**
     * When it could not be undone any more.
     */
    finalizedAt?: string;
    /**
     * Who decided it: a wallet, or a job.
     */
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
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Its signature.
     */
    transaction: string;
    /**
     * booked: the ledger has it as paid. waiting: ask again. stopped: nothing explains it, and the escrow is paused.
     */
    outcome: 'booked' | 'waiting' | 'stopped';
    /**
     * The payout that its memo names.
     */
    payoutId?: string;
    /**
     * Whom it has paid.
     */
    destination?: string;
    /**
     * How much it has paid.
     */
    lamports?: Lamports;
    /**
     * Why it is not booked.
     */
    reason?: string;
};

export type RecoveryDto = {
    /**
     * At how many commitments it has looked.
     */
    looked: number;
    /**
     * Transactions that the ledger did not know.
     */
    items: Array<RecoveryItemDto>;
    /**
     * Where the next page begins.
     */
    nextCursor: string | null;
};

export type ResolvePayoutBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * `one`: those that answer suffice, 24 hours after the signing at the earliest.
     */
    witnesses: 'all' | 'one';
};

export type WitnessDto = {
    /**
     * Host of the endpoint.
     */
    endpoint: string;
    /**
     * Whose word it is: endpoints of one provider are one voice.
     */
    voice: string;
    /**
     * Why it said nothing; then no figure is there.
     */
    silence?: string;
    /**
     * Its finalized block height before the statuses were asked.
     */
    finalizedHeight?: number;
    /**
     * The same after them.
     */
    finalizedHeightAfter?: number;
    /**
     * Its finalized slot.
     */
    finalizedSlot?: number;
    /**
     * Where its history begins.
     */
    firstAvailableSlot?: number;
    /**
     * Slot of the bank that gave the statuses.
     */
    statusSlot?: number;
    /**
     * canary, empty_block or none: what shows that this bank is young enough.
     */
    control?: string;
    /**
     * absent, processed, confirmed or finalized, with the error if any.
     */
    status?: string;
    /**
     * Signatures whose transaction it shows all the same.
     */
    transactionsFound?: Array<string>;
    /**
     * It still calls the blockhash valid.
     */
    blockhashValid?: boolean;
};

export type ResolutionDto = {
    /**
     * `dead`: it is paid again. `landed`: it is booked. `undecided`: nothing was changed.
     */
    outcome: 'landed' | 'dead' | 'undecided';
    /**
     * Why it is undecided.
     */
    reason?: string;
    /**
     * The transaction in question.
     */
    signature: string;
    /**
     * Every finalized height has to be more than 32 above it.
     */
    lastValidBlockHeight: number;
    /**
     * What each witness has said.
     */
    witnesses: Array<WitnessDto>;
    payout: PayoutDto;
};

export type ReleaseLockDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Id of the milestone.
     */
    milestoneId: string;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * Signature of the newest attempt; null before one is signed.
     */
    txSig: string | null;
    /**
     * Id of the payout.
     */
    payoutId: string;
    /**
     * Whether nothing of the release can land any more, so that it may be cleared.
     */
    clearable: boolean;
    /**
     * Why it may or may not be cleared.
     */
    reason: string;
};

export type ReleaseLocksDto = {
    /**
     * What was asked for.
     */
    items: Array<ReleaseLockDto>;
};

export type FailureBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * Why the commitment has failed; part of the signed text.
     */
    reason?: string;
};

export type FailureDto = {
    /**
     * Of a personal commitment; absent where there is nothing to pay, or not yet.
     */
    payout?: PayoutDto;
    commitment: CommitmentDto;
    /**
     * Of that transfer; absent while it is not confirmed.
     */
    signature?: string;
};

export type StrayDepositDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Where it stands.
     */
    status: 'succeeded' | 'failed' | 'completed';
    /**
     * Base58 address of the escrow.
     */
    escrow: string;
    /**
     * Lamports that the escrow holds.
     */
    balanceLamports: Lamports;
    /**
     * Still owed out of this escrow.
     */
    promisedLamports: Lamports;
    /**
     * What nobody is promised.
     */
    strayLamports: Lamports;
    /**
     * Where forwarding sends it: the wallet of the outcome.
     */
    destination: string;
};

export type SweepBody = {
    /**
     * How many at most.
     */
    limit?: number;
};

export type SweepItemDto = {
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * settled: failed, and its payout is in progress. empty: failed, and there was nothing to pay. refused: could not be paid as things stand; the next sweep tries again. lost: somebody else was first.
     */
    outcome: 'settled' | 'empty' | 'refused' | 'lost';
    /**
     * Id of the payout.
     */
    payoutId?: string;
    /**
     * Base58 address that is paid.
     */
    destination?: string;
    /**
     * Lamports (10^-9 SOL).
     */
    amountLamports?: Lamports;
    /**
     * Error code of what was refused.
     */
    code?: string;
    /**
     * What happened, to whom, and what to do next.
     */
    detail?: string;
};

export type SweepDto = {
    /**
     * Commitments that this run took up.
     */
    due: number;
    /**
     * Failed, with a payout in progress.
     */
    settled: number;
    /**
     * Failed, with nothing to pay.
     */
    empty: number;
    /**
     * Could not be paid; the next sweep tries again.
     */
    refused: number;
    /**
     * What was asked for.
     */
    items: Array<SweepItemDto>;
};

export type AvatarUploadBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * What will be uploaded.
     */
    contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
};

export type AvatarUploadDto = {
    /**
     * PUT the image there, with its content type. It carries the permission for this one object, for as long as Supabase allows.
     */
    uploadUrl: string;
    /**
     * Send it as avatarPath with the profile, once the image is uploaded.
     */
    path: string;
    /**
     * Media type of the image.
     */
    contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
    /**
     * A larger image is not shown. Bytes.
     */
    maxBytes: 1048576;
};

export type ProfileDto = {
    /**
     * Base58 address of the wallet.
     */
    wallet: string;
    /**
     * Name of what this is.
     */
    name?: string;
    /**
     * About the wallet.
     */
    bio?: string;
    /**
     * Of the image, elsewhere or uploaded.
     */
    avatarUrl?: string;
    /**
     * When it was last changed.
     */
    updatedAt: string;
};

export type ProfilesDto = {
    /**
     * Of those wallets that have one, by wallet.
     */
    items: Array<ProfileDto>;
};

export type ProfileUpdateBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * Shown name.
     */
    name?: string;
    /**
     * About the wallet.
     */
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

export type ProjectDto = {
    /**
     * Base58 address of the token’s mint.
     */
    mint: string;
    /**
     * Name of what this is.
     */
    name: string;
    /**
     * What it is about.
     */
    description?: string;
    /**
     * Address of a picture.
     */
    imageUrl?: string;
    /**
     * Its web page.
     */
    websiteUrl?: string;
    /**
     * Its page at X.
     */
    xUrl?: string;
    /**
     * Its group at Telegram.
     */
    telegramUrl?: string;
    /**
     * When it was last changed.
     */
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
    /**
     * Its web page.
     */
    websiteUrl?: string;
    /**
     * Its page at X.
     */
    xUrl?: string;
    /**
     * Its group at Telegram.
     */
    telegramUrl?: string;
};

export type CreatorFeesDto = {
    /**
     * Base58 address of the wallet.
     */
    wallet: string;
    /**
     * Base58 address of the token’s mint.
     */
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
    /**
     * The one slot of which all of this is.
     */
    slot: number;
};

export type CreatorFeeClaimBody = {
    /**
     * The wallet that signed.
     */
    wallet: Address;
    /**
     * issuedAt of the signed message, as POST /api/signing-messages answered it.
     */
    issuedAt: string;
    /**
     * Base58 Ed25519 signature of the message (plain, or its off-chain envelope).
     */
    signature: Signature;
    /**
     * A coin of the wallet: what waits in its accounts is swept first.
     */
    tokenMint?: Address;
};

export type ClaimDto = {
    /**
     * Base58 address of the wallet.
     */
    wallet: string;
    /**
     * Base58 address of the token’s mint.
     */
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
    /**
     * The one slot of which all of this is.
     */
    slot: number;
    /**
     * A v0 transaction in base64, for the wallet to sign, pay and send. It moves nothing but creator fees.
     */
    transaction: string;
    /**
     * The transaction can land up to this block height.
     */
    lastValidBlockHeight: number;
};

export type FeeCollectionDto = {
    /**
     * Stands in the memo of its transactions.
     */
    id: string;
    /**
     * Which form of commitment.
     */
    kind: 'collect' | 'unwrap';
    /**
     * Where it stands.
     */
    status: 'pending' | 'in_flight' | 'done' | 'stopped' | 'cancelled';
    /**
     * Of its newest transaction that was signed.
     */
    signature: string | null;
    /**
     * Lamports that this transaction has brought the escrow, by its own record on chain.
     */
    gainedLamports: number | null;
    /**
     * Why it is not done yet, or what ended it.
     */
    waitingFor: string | null;
    /**
     * When it was made.
     */
    createdAt: string;
    /**
     * When it ended; absent while it is open.
     */
    endedAt: string | null;
};

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
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * The escrow, the payout or the transaction that was compared.
     */
    subject: string;
    /**
     * funded, underfunded, overfunded: beside what was promised. stray: a settled escrow holds money. wrapped: an escrow holds wrapped SOL besides. drift: the balance does not follow from its transactions. unknown_outflow: signed with its key, and not known to the ledger. under_way: not paid yet. payout_missing, altered: the log tells of another payout. unauthorised: a payout that nobody has decided. not_on_chain, mismatch: the transaction is not there, or pays otherwise.
     */
    state: 'funded' | 'underfunded' | 'overfunded' | 'stray' | 'empty' | 'wrapped' | 'drift' | 'unknown_outflow' | 'matched' | 'under_way' | 'payout_missing' | 'altered' | 'unauthorised' | 'not_on_chain' | 'mismatch';
    ledgerLamports: Lamports;
    chainLamports: Lamports;
    /**
     * Unexplained, and so for two runs where waiting may heal it.
     */
    finding: boolean;
    /**
     * What happened, to whom, and what to do next.
     */
    detail?: string;
};

export type ReconciliationDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * What is compared: balances of escrows, or actions of admins and their payouts.
     */
    kind: 'escrow_balances' | 'admin_actions';
    /**
     * Whether everything was looked up again, not only what may have changed.
     */
    full: boolean;
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * A wallet, `cron` or `job:reconciliation`.
     */
    requestedBy: string;
    /**
     * When it began.
     */
    startedAt: string;
    /**
     * When it ended; absent while it is open.
     */
    endedAt: string;
    /**
     * How many lines it has.
     */
    lines: number;
    /**
     * How many of them somebody has to look at.
     */
    findings: number;
    /**
     * The sum over all lines.
     */
    ledgerLamports: Lamports;
    /**
     * The sum over all lines.
     */
    chainLamports: Lamports;
    /**
     * What was asked for.
     */
    items: Array<ReconciliationLineDto>;
};

export type ReconciliationRunDto = {
    /**
     * Id, a UUID.
     */
    id: string;
    /**
     * What is compared: balances of escrows, or actions of admins and their payouts.
     */
    kind: 'escrow_balances' | 'admin_actions';
    /**
     * Whether everything was looked up again, not only what may have changed.
     */
    full: boolean;
    /**
     * Id of the commitment.
     */
    commitmentId?: string;
    /**
     * A wallet, `cron` or `job:reconciliation`.
     */
    requestedBy: string;
    /**
     * When it began.
     */
    startedAt: string;
    /**
     * When it ended; absent while it is open.
     */
    endedAt: string;
    /**
     * How many lines it has.
     */
    lines: number;
    /**
     * How many of them somebody has to look at.
     */
    findings: number;
    /**
     * The sum over all lines.
     */
    ledgerLamports: Lamports;
    /**
     * The sum over all lines.
     */
    chainLamports: Lamports;
};

export type ProofLineDto = {
    /**
     * Decimal digits; the audit log and the journal are numbered together.
     */
    id: string;
    /**
     * UTC with microseconds.
     */
    ts: string;
    /**
     * The number of the transaction that wrote it.
     */
    txid: string;
};

export type ProofRecordDto = {
    /**
     * The table that the row stands in.
     */
    table: string;
    /**
     * Its primary key; several columns are joined by colons.
     */
    key: string;
    /**
     * The row as JSON text, without members that are null. The SHA-256 of this text is the digest that the journal holds.
     */
    row: string;
    /**
     * Where the journal of changes has noted it.
     */
    line: ProofLineDto;
    /**
     * The seal that holds the line; null for at most a minute, until it is sealed.
     */
    sealId: string | null;
};

export type ProofSealDto = {
    /**
     * Decimal digits.
     */
    id: string;
    /**
     * Hash of the seal before it, hex.
     */
    prevHash: string;
    /**
     * Of the key in `sealKeys` that has signed it.
     */
    keyNumber: number;
    /**
     * Its round begins with this transaction.
     */
    fromTxid: string;
    /**
     * Its round ends before this transaction.
     */
    toTxid: string;
    /**
     * Above the numbers of all transactions when the round was opened.
     */
    nextTxid: string;
    /**
     * All lines up to this id were sealed before.
     */
    fromId: string;
    /**
     * Where the lines of an earlier database end.
     */
    floorId: string;
    /**
     * The highest id that is sealed so far.
     */
    maxId: string;
    /**
     * Whether it is the last seal of its round.
     */
    drained: boolean;
    /**
     * When its round was opened: UTC with microseconds.
     */
    openedAt: string;
    /**
     * When it was made: UTC with microseconds.
     */
    sealedAt: string;
    /**
     * Ids of its lines, ascending; at most 1,000.
     */
    rowIds: Array<string>;
    /**
     * Those that no transaction of the service has made.
     */
    foreignIds: Array<string>;
    /**
     * 32 bytes for each line, in their order; base64.
     */
    digests: string;
    /**
     * SHA-256 over its head, its ids and its digests; hex.
     */
    hash: string;
    /**
     * Ed25519 over `cts-audit-seal:ID:HASH`; base58.
     */
    signature: string;
};

export type ProofDto = {
    /**
     * Of this shape.
     */
    version: 1;
    /**
     * Id of the commitment.
     */
    commitmentId: string;
    /**
     * Where this page begins; null for the first.
     */
    cursor: string | null;
    /**
     * When it was read.
     */
    readAt: string;
    /**
     * The wallet that holds its money.
     */
    escrow: string;
    /**
     * The frozen terms that its creator has signed.
     */
    terms: {
        [key: string]: unknown;
    };
    /**
     * SHA-256 of their canonical JSON, hex.
     */
    termsHash: string;
    /**
     * Signed texts with their signatures and times of acceptance.
     */
    acts: Array<ProofRecordDto>;
    /**
     * Milestones with their sums and times.
     */
    milestones: Array<ProofRecordDto>;
    /**
     * Approvals and enrollments, with balances and weights as read.
     */
    approvals: Array<ProofRecordDto>;
    /**
     * The state of the commitment, announced failures, frozen distributions, shares, pauses.
     */
    decisions: Array<ProofRecordDto>;
    /**
     * Intended transfers.
     */
    payouts: Array<ProofRecordDto>;
    /**
     * Transactions made for payouts, with their bytes.
     */
    transactions: Array<ProofRecordDto>;
    /**
     * Seals of the audit log that the records name; at most 16 a page.
     */
    seals: Array<ProofSealDto>;
    /**
     * The public keys of the seals, newest first.
     */
    sealKeys: Array<AuditKeyDto>;
    /**
     * Where the next page begins.
     */
    nextCursor: string | null;
    /**
     * SHA-256 over the canonical JSON of all members but `hash`, `signedBy`, `signature`; hex.
     */
    hash: string;
    /**
     * The newest seal key; null without ESCROW_DB_SECRET.
     */
    signedBy: string | null;
    /**
     * Ed25519 over `cts-proof:1:HASH`; base58.
     */
    signature: string | null;
};

export type JobRunDto = {
    /**
     * requestId of what this run has written to the audit log.
     */
    id: string;
    /**
     * When it began.
     */
    startedAt: string;
    /**
     * When it ended.
     */
    finishedAt: string;
    /**
     * Whether it succeeded.
     */
    ok: boolean;
    /**
     * What the run answered, or `error`.
     */
    result: {
        [key: string]: unknown;
    };
};

export type JobDto = {
    /**
     * Name of what this is.
     */
    name: string;
    /**
     * From the start of one run to the start of the next.
     */
    periodSeconds: number;
    /**
     * Newer than all lastRuns while a run is in progress, or when the process died in it.
     */
    lastStartedAt: string | null;
    /**
     * When it last succeeded; null for never.
     */
    lastSuccessAt: string | null;
    /**
     * No success for three periods.
     */
    overdue: boolean;
    /**
     * The five newest that have ended, newest first.
     */
    lastRuns: Array<JobRunDto>;
};

export type JobList = {
    /**
     * What was asked for.
     */
    items: Array<JobDto>;
};

export type LimitWindowDto = {
    /**
     * Method and path of the route.
     */
    route: string;
    /**
     * Name of the limit, as `ratelimit-policy` shows it.
     */
    name: string;
    /**
     * Requests counted in this window.
     */
    hits: number;
    /**
     * Beyond this it answers 429.
     */
    limit: number;
    /**
     * When the window ends.
     */
    endsAt: string;
};

export type LimitRefusalDto = {
    /**
     * Name of the event; docs/events.md lists all.
     */
    event: string;
    /**
     * A wallet, or `anonymous`.
     */
    actor: string;
    /**
     * Rows of the audit log: one for each window.
     */
    count: number;
    /**
     * When the last of them happened.
     */
    lastAt: string;
};

export type LimitsDto = {
    /**
     * As it is counted: an IPv6 address as its /64.
     */
    client: string | null;
    /**
     * Open windows of the client, the fullest first.
     */
    windows: Array<LimitWindowDto>;
    /**
     * Who was refused in the last hour, by route.
     */
    refusals: Array<LimitRefusalDto>;
};

export type ForgivenDto = {
    /**
     * How many windows were deleted.
     */
    forgiven: number;
};

export type PayoutCountDto = {
    /**
     * Where it stands.
     */
    status: 'pending' | 'in_flight' | 'confirmed' | 'finalized' | 'stopped' | 'cancelled';
    /**
     * How many there are.
     */
    count: number;
    /**
     * When the oldest of them was decided.
     */
    oldestAt: string;
};

export type UnfinishedPayoutsDto = {
    /**
     * None where there is none.
     */
    counts: Array<PayoutCountDto>;
    /**
     * The oldest 50, the oldest first.
     */
    oldest: Array<AdminPayoutDto>;
    /**
     * PAYOUT_ALARM_SECONDS: one that is older is late.
     */
    lateAfterSeconds: number;
};

export type OverdueJobDto = {
    /**
     * Name of what this is.
     */
    name: string;
    /**
     * Seconds from the start of one run to the next.
     */
    periodSeconds: number;
    /**
     * When it last succeeded; null for never.
     */
    lastSuccessAt: string | null;
    /**
     * Why its newest run has failed; null where none has run.
     */
    lastError: string | null;
};

export type AlarmCountDto = {
    /**
     * Name of the event; docs/events.md lists all.
     */
    event: string;
    /**
     * How many there are.
     */
    count: number;
    /**
     * When the last of them happened.
     */
    lastAt: string;
};

export type OverviewDto = {
    /**
     * When it was read, by the clock of the service.
     */
    at: string;
    /**
     * What /health/ready answers, each RPC endpoint included.
     */
    health: ReadinessDto;
    /**
     * Open ones.
     */
    pauses: Array<PauseDto>;
    payouts: UnfinishedPayoutsDto;
    /**
     * Releases in progress, the oldest first.
     */
    locks: Array<ReleaseLockDto>;
    /**
     * Jobs without a success for three periods.
     */
    overdueJobs: Array<OverdueJobDto>;
    /**
     * null while its balance cannot be read.
     */
    feePayer: FeePayerDto | null;
    webhook: WebhookEndpointDto;
    /**
     * Audit events `*_error` of the last 24 hours, the newest first.
     */
    alarms: Array<AlarmCountDto>;
};

/**
 * RFC 9457 problem document.
 */
export type Problem = {
    /**
     * Names the kind of error, as `code` does.
     */
    type: string;
    /**
     * The kind of error in words.
     */
    title: string;
    /**
     * The HTTP status.
     */
    status: number;
    /**
     * What happened, to whom, and what to do next.
     */
    detail: string;
    /**
     * Path of the request.
     */
    instance: string;
    /**
     * Stable: tell errors apart by it. docs/errors.md lists all.
     */
    code: 'validation_failed' | 'malformed_json' | 'bad_request' | 'amount_below_minimum' | 'invalid_cursor' | 'unknown_action' | 'malformed_signature' | 'message_expired' | 'invalid_signature' | 'nonce_expired' | 'not_signed_in' | 'metrics_token_needed' | 'second_admin_needed' | 'not_an_admin' | 'origin_mismatch' | 'not_the_authority' | 'not_the_creator' | 'mintable_token' | 'token_not_supported' | 'not_token_authority' | 'not_eligible' | 'not_yet' | 'not_a_holder' | 'holding_below_minimum' | 'no_share' | 'access_rule_missing' | 'not_found' | 'commitment_not_found' | 'milestone_not_found' | 'payout_not_found' | 'webhook_delivery_not_found' | 'profile_not_found' | 'project_not_found' | 'distribution_not_found' | 'pause_not_found' | 'reconciliation_not_found' | 'session_not_found' | 'release_lock_not_found' | 'method_not_allowed' | 'request_timeout' | 'terms_changed' | 'signature_used' | 'deadline_not_passed' | 'deadline_passed' | 'not_attested' | 'decision_window_passed' | 'already_resolved' | 'already_completed' | 'not_completed' | 'already_unlocked' | 'not_settled' | 'not_stopped' | 'nothing_to_resolve' | 'one_witness_too_early' | 'release_in_progress' | 'already_released' | 'not_claimable' | 'too_many_unfunded' | 'already_failing' | 'nothing_to_fail' | 'not_failing' | 'not_resolved_as_failure' | 'already_claimed' | 'request_in_progress' | 'signing_refused' | 'already_paused' | 'last_admin' | 'pause_ended' | 'attempt_may_still_land' | 'webhook_not_configured' | 'nothing_to_claim' | 'wrong_kind' | 'payload_too_large' | 'uri_too_long' | 'unsupported_media_type' | 'escrow_underfunded' | 'avatar_not_accepted' | 'fees_not_manageable' | 'idempotency_key_reused' | 'destination_not_payable' | 'headers_too_large' | 'simulation_failed' | 'too_many_requests' | 'internal_error' | 'database_unavailable' | 'rpc_unavailable' | 'supply_grown' | 'token_changed' | 'chain_disagrees' | 'single_source' | 'history_incomplete' | 'price_unavailable' | 'storage_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'custody_unavailable';
    /**
     * Id of this request in logs and audit.
     */
    requestId: string;
    /**
     * Of validation_failed: every rejected member.
     */
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

/**
 * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
export type CommitmentId = string;

/**
 * Id of the milestone.
 */
export type MilestoneId = string;

/**
 * handle of one session, or an admin’s wallet for all of its sessions.
 */
export type Session = string;

/**
 * Base58 address of the wallet.
 */
export type Wallet = Address;

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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type RequestSignInNonceError = RequestSignInNonceErrors[keyof RequestSignInNonceErrors];

export type RequestSignInNonceResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetSignedInAdminError = GetSignedInAdminErrors[keyof GetSignedInAdminErrors];

export type GetSignedInAdminResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListRevocationsError = ListRevocationsErrors[keyof ListRevocationsErrors];

export type ListRevocationsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type EndSessionError = EndSessionErrors[keyof EndSessionErrors];

export type EndSessionResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListAuditLogsError = ListAuditLogsErrors[keyof ListAuditLogsErrors];

export type ListAuditLogsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListAuditKeysError = ListAuditKeysErrors[keyof ListAuditKeysErrors];

export type ListAuditKeysResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListWebhookDeliveriesError = ListWebhookDeliveriesErrors[keyof ListWebhookDeliveriesErrors];

export type ListWebhookDeliveriesResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ResendWebhookDeliveryError = ResendWebhookDeliveryErrors[keyof ResendWebhookDeliveryErrors];

export type ResendWebhookDeliveryResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetWebhookEndpointError = GetWebhookEndpointErrors[keyof GetWebhookEndpointErrors];

export type GetWebhookEndpointResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type EnableWebhookEndpointError = EnableWebhookEndpointErrors[keyof EnableWebhookEndpointErrors];

export type EnableWebhookEndpointResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type TestWebhookEndpointError = TestWebhookEndpointErrors[keyof TestWebhookEndpointErrors];

export type TestWebhookEndpointResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * The same report; send no requests here.
     */
    503: ReadinessDto;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetMetricsError = GetMetricsErrors[keyof GetMetricsErrors];

export type GetMetricsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CreateSigningMessageError = CreateSigningMessageErrors[keyof CreateSigningMessageErrors];

export type CreateSigningMessageResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetEscrowKeysError = GetEscrowKeysErrors[keyof GetEscrowKeysErrors];

export type GetEscrowKeysResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type RotateEscrowKeysError = RotateEscrowKeysErrors[keyof RotateEscrowKeysErrors];

export type RotateEscrowKeysResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CheckEscrowKeysError = CheckEscrowKeysErrors[keyof CheckEscrowKeysErrors];

export type CheckEscrowKeysResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetFeePayerError = GetFeePayerErrors[keyof GetFeePayerErrors];

export type GetFeePayerResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type AttestCommitmentError = AttestCommitmentErrors[keyof AttestCommitmentErrors];

export type AttestCommitmentResponses = {
    /**
     * As asked for.
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
        status?: 'active' | 'failing' | 'resolving' | 'succeeded' | 'failed' | 'completed';
        /**
         * Authority or creator.
         */
        wallet?: string;
        /**
         * Mint of the token.
         */
        tokenMint?: string;
    };
    url: '/api/commitments';
};

export type ListCommitmentsErrors = {
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListCommitmentsError = ListCommitmentsErrors[keyof ListCommitmentsErrors];

export type ListCommitmentsResponses = {
    /**
     * As asked for.
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
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/commitments';
};

export type CreateCommitmentErrors = {
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CreateCommitmentError = CreateCommitmentErrors[keyof CreateCommitmentErrors];

export type CreateCommitmentResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetCommitmentError = GetCommitmentErrors[keyof GetCommitmentErrors];

export type GetCommitmentResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type VerifyTokenAuthorityError = VerifyTokenAuthorityErrors[keyof VerifyTokenAuthorityErrors];

export type VerifyTokenAuthorityResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetFeeRoutingError = GetFeeRoutingErrors[keyof GetFeeRoutingErrors];

export type GetFeeRoutingResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CompleteMilestoneError = CompleteMilestoneErrors[keyof CompleteMilestoneErrors];

export type CompleteMilestoneResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListTimelineError = ListTimelineErrors[keyof ListTimelineErrors];

export type ListTimelineResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListMilestoneSignalsError = ListMilestoneSignalsErrors[keyof ListMilestoneSignalsErrors];

export type ListMilestoneSignalsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type NormalizeRewardsError = NormalizeRewardsErrors[keyof NormalizeRewardsErrors];

export type NormalizeRewardsResponses = {
    /**
     * As asked for.
     */
    200: NormalizationDto;
};

export type NormalizeRewardsResponse = NormalizeRewardsResponses[keyof NormalizeRewardsResponses];

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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetFailureDistributionError = GetFailureDistributionErrors[keyof GetFailureDistributionErrors];

export type GetFailureDistributionResponses = {
    /**
     * As asked for.
     */
    200: AnnouncedDistributionDto | DistributionDto;
};

export type GetFailureDistributionResponse = GetFailureDistributionResponses[keyof GetFailureDistributionResponses];

export type ClaimFailureShareData = {
    body: SignedBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListUnclaimedSharesError = ListUnclaimedSharesErrors[keyof ListUnclaimedSharesErrors];

export type ListUnclaimedSharesResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type EnrollForFailureShareError = EnrollForFailureShareErrors[keyof EnrollForFailureShareErrors];

export type EnrollForFailureShareResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListPausesError = ListPausesErrors[keyof ListPausesErrors];

export type ListPausesResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
        feePayer?: string;
        /**
         * Seconds since it was decided, at least.
         */
        olderThan?: number;
    };
    url: '/api/admin/payouts';
};

export type ListPayoutsErrors = {
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListPayoutsError = ListPayoutsErrors[keyof ListPayoutsErrors];

export type ListPayoutsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListCommitmentPayoutsError = ListCommitmentPayoutsErrors[keyof ListCommitmentPayoutsErrors];

export type ListCommitmentPayoutsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetPayoutError = GetPayoutErrors[keyof GetPayoutErrors];

export type GetPayoutResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type RetryPayoutError = RetryPayoutErrors[keyof RetryPayoutErrors];

export type RetryPayoutResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type RecoverPayoutsError = RecoverPayoutsErrors[keyof RecoverPayoutsErrors];

export type RecoverPayoutsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ResolvePayoutError = ResolvePayoutErrors[keyof ResolvePayoutErrors];

export type ResolvePayoutResponses = {
    /**
     * As asked for.
     */
    200: ResolutionDto;
};

export type ResolvePayoutResponse = ResolvePayoutResponses[keyof ResolvePayoutResponses];

export type ReleaseMilestoneData = {
    body: SignedBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListReleaseLocksError = ListReleaseLocksErrors[keyof ListReleaseLocksErrors];

export type ListReleaseLocksResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type WithdrawFailureError = WithdrawFailureErrors[keyof WithdrawFailureErrors];

export type WithdrawFailureResponses = {
    /**
     * As asked for.
     */
    200: CommitmentDto;
};

export type WithdrawFailureResponse = WithdrawFailureResponses[keyof WithdrawFailureResponses];

export type ResolveCommitmentAsFailureData = {
    body: FailureBody;
    headers: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ResolveCommitmentAsFailureError = ResolveCommitmentAsFailureErrors[keyof ResolveCommitmentAsFailureErrors];

export type ResolveCommitmentAsFailureResponses = {
    /**
     * Paid and confirmed; or failed with nothing to pay at once.
     */
    200: FailureDto;
    /**
     * Announced, or decided with a payout that is not confirmed yet; it continues automatically.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListStrayDepositsError = ListStrayDepositsErrors[keyof ListStrayDepositsErrors];

export type ListStrayDepositsResponses = {
    /**
     * As asked for.
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
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ForwardStrayDepositError = ForwardStrayDepositErrors[keyof ForwardStrayDepositErrors];

export type ForwardStrayDepositResponses = {
    /**
     * Paid and confirmed.
     */
    200: PaidDto;
    /**
     * The payout is not confirmed yet and continues automatically; a second request follows the same one.
     */
    202: PaidDto;
};

export type ForwardStrayDepositResponse = ForwardStrayDepositResponses[keyof ForwardStrayDepositResponses];

export type SweepCommitmentsData = {
    body: SweepBody;
    headers?: {
        /**
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CreateAvatarUploadError = CreateAvatarUploadErrors[keyof CreateAvatarUploadErrors];

export type CreateAvatarUploadResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListProfilesError = ListProfilesErrors[keyof ListProfilesErrors];

export type ListProfilesResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetProfileError = GetProfileErrors[keyof GetProfileErrors];

export type GetProfileResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type UpdateProfileError = UpdateProfileErrors[keyof UpdateProfileErrors];

export type UpdateProfileResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetProjectError = GetProjectErrors[keyof GetProjectErrors];

export type GetProjectResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type PutProjectError = PutProjectErrors[keyof PutProjectErrors];

export type PutProjectResponses = {
    /**
     * As asked for.
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
        tokenMint?: string;
    };
    url: '/api/pumpfun/creators/{wallet}';
};

export type GetCreatorFeesErrors = {
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetCreatorFeesError = GetCreatorFeesErrors[keyof GetCreatorFeesErrors];

export type GetCreatorFeesResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type CreateCreatorFeeClaimError = CreateCreatorFeeClaimErrors[keyof CreateCreatorFeeClaimErrors];

export type CreateCreatorFeeClaimResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListFeeCollectionsError = ListFeeCollectionsErrors[keyof ListFeeCollectionsErrors];

export type ListFeeCollectionsResponses = {
    /**
     * As asked for.
     */
    200: {
        items: Array<FeeCollectionDto>;
        nextCursor: string | null;
    };
};

export type ListFeeCollectionsResponse = ListFeeCollectionsResponses[keyof ListFeeCollectionsResponses];

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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListReconciliationsError = ListReconciliationsErrors[keyof ListReconciliationsErrors];

export type ListReconciliationsResponses = {
    /**
     * As asked for.
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
         * Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    409: Problem & {
        code?: 'already_claimed' | 'already_completed' | 'already_failing' | 'already_paused' | 'already_released' | 'already_resolved' | 'already_unlocked' | 'attempt_may_still_land' | 'deadline_not_passed' | 'deadline_passed' | 'decision_window_passed' | 'last_admin' | 'not_attested' | 'not_claimable' | 'not_completed' | 'not_failing' | 'not_resolved_as_failure' | 'not_settled' | 'not_stopped' | 'nothing_to_claim' | 'nothing_to_fail' | 'nothing_to_resolve' | 'one_witness_too_early' | 'pause_ended' | 'release_in_progress' | 'request_in_progress' | 'signature_used' | 'supply_grown' | 'terms_changed' | 'token_changed' | 'too_many_unfunded' | 'webhook_not_configured' | 'wrong_kind';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    422: Problem & {
        code?: 'avatar_not_accepted' | 'destination_not_payable' | 'escrow_underfunded' | 'idempotency_key_reused' | 'mintable_token' | 'simulation_failed' | 'token_not_supported';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type StartReconciliationError = StartReconciliationErrors[keyof StartReconciliationErrors];

export type StartReconciliationResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetReconciliationError = GetReconciliationErrors[keyof GetReconciliationErrors];

export type GetReconciliationResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    404: Problem & {
        code?: 'commitment_not_found' | 'distribution_not_found' | 'milestone_not_found' | 'pause_not_found' | 'payout_not_found' | 'profile_not_found' | 'project_not_found' | 'reconciliation_not_found' | 'release_lock_not_found' | 'session_not_found' | 'webhook_delivery_not_found';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetProofError = GetProofErrors[keyof GetProofErrors];

export type GetProofResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListJobsError = ListJobsErrors[keyof ListJobsErrors];

export type ListJobsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ListRateLimitsError = ListRateLimitsErrors[keyof ListRateLimitsErrors];

export type ListRateLimitsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    413: Problem & {
        code?: 'payload_too_large';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    414: Problem & {
        code?: 'uri_too_long';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    415: Problem & {
        code?: 'unsupported_media_type';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type ForgiveRateLimitsError = ForgiveRateLimitsErrors[keyof ForgiveRateLimitsErrors];

export type ForgiveRateLimitsResponses = {
    /**
     * As asked for.
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
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    400: Problem & {
        code?: 'amount_below_minimum' | 'bad_request' | 'invalid_cursor' | 'malformed_json' | 'malformed_signature' | 'unknown_action' | 'validation_failed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    401: Problem & {
        code?: 'invalid_signature' | 'message_expired' | 'metrics_token_needed' | 'nonce_expired' | 'not_signed_in';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    403: Problem & {
        code?: 'holding_below_minimum' | 'no_share' | 'not_a_holder' | 'not_an_admin' | 'not_eligible' | 'not_the_authority' | 'not_the_creator' | 'not_token_authority' | 'not_yet' | 'origin_mismatch' | 'second_admin_needed';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    429: Problem & {
        code?: 'too_many_requests';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    500: Problem & {
        code?: 'internal_error';
    };
    /**
     * Which codes an operation of its own answers with stands in its x-error-codes.
     */
    503: Problem & {
        code?: 'chain_disagrees' | 'custody_unavailable' | 'database_unavailable' | 'fee_payer_missing' | 'fee_payer_underfunded' | 'history_incomplete' | 'price_unavailable' | 'rpc_unavailable' | 'single_source' | 'storage_unavailable';
    };
};

export type GetOverviewError = GetOverviewErrors[keyof GetOverviewErrors];

export type GetOverviewResponses = {
    /**
     * As asked for.
     */
    200: OverviewDto;
};

export type GetOverviewResponse = GetOverviewResponses[keyof GetOverviewResponses];
