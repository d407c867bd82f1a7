/* Generated of docs/openapi.json by npm run clients:generate. */
// @ts-nocheck

import { client } from './client.gen.js';
import type { Client, Options as Options2, TDataShape } from './client/index.js';
import type { AttestCommitmentData, AttestCommitmentErrors, AttestCommitmentResponses, ChangeDestinationData, ChangeDestinationErrors, ChangeDestinationResponses, CheckEscrowKeysData, CheckEscrowKeysErrors, CheckEscrowKeysResponses, ClaimFailureShareData, ClaimFailureShareErrors, ClaimFailureShareResponses, ClearReleaseLockData, ClearReleaseLockErrors, ClearReleaseLockResponses, CompleteMilestoneData, CompleteMilestoneErrors, CompleteMilestoneResponses, CreateAvatarUploadData, CreateAvatarUploadErrors, CreateAvatarUploadResponses, CreateCommitmentData, CreateCommitmentErrors, CreateCommitmentResponses, CreateCreatorFeeClaimData, CreateCreatorFeeClaimErrors, CreateCreatorFeeClaimResponses, CreatePauseData, CreatePauseErrors, CreatePauseResponses, CreateRevocationData, CreateRevocationErrors, CreateRevocationResponses, CreateSigningMessageData, CreateSigningMessageErrors, CreateSigningMessageResponses, EnableWebhookEndpointData, EnableWebhookEndpointErrors, EnableWebhookEndpointResponses, EndPauseData, EndPauseErrors, EndPauseResponses, EndSessionData, EndSessionErrors, EndSessionResponses, EnrollForFailureShareData, EnrollForFailureShareErrors, EnrollForFailureShareResponses, ExportAuditLogsCsvData, ExportAuditLogsCsvErrors, ExportAuditLogsCsvResponses, ExportAuditLogsNdjsonData, ExportAuditLogsNdjsonErrors, ExportAuditLogsNdjsonResponses, ExportReconciliationCsvData, ExportReconciliationCsvErrors, ExportReconciliationCsvResponses, ForgiveRateLimitsData, ForgiveRateLimitsErrors, ForgiveRateLimitsResponses, ForwardStrayDepositData, ForwardStrayDepositErrors, ForwardStrayDepositResponses, GetCommitmentData, GetCommitmentErrors, GetCommitmentResponses, GetCreatorFeesData, GetCreatorFeesErrors, GetCreatorFeesResponses, GetEscrowKeysData, GetEscrowKeysErrors, GetEscrowKeysResponses, GetFailureDistributionData, GetFailureDistributionErrors, GetFailureDistributionResponses, GetFeePayerData, GetFeePayerErrors, GetFeePayerResponses, GetFeeRoutingData, GetFeeRoutingErrors, GetFeeRoutingResponses, GetLaunchData, GetLaunchErrors, GetLaunchResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetMetricsData, GetMetricsErrors, GetMetricsResponses, GetOverviewData, GetOverviewErrors, GetOverviewResponses, GetPayoutData, GetPayoutErrors, GetPayoutResponses, GetProfileData, GetProfileErrors, GetProfileResponses, GetProjectData, GetProjectErrors, GetProjectResponses, GetProofData, GetProofErrors, GetProofResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetReconciliationData, GetReconciliationErrors, GetReconciliationResponses, GetSignedInAdminData, GetSignedInAdminErrors, GetSignedInAdminResponses, GetWebhookEndpointData, GetWebhookEndpointErrors, GetWebhookEndpointResponses, LaunchCoinData, LaunchCoinErrors, LaunchCoinResponses, ListAuditKeysData, ListAuditKeysErrors, ListAuditKeysResponses, ListAuditLogsData, ListAuditLogsErrors, ListAuditLogsResponses, ListCommitmentPayoutsData, ListCommitmentPayoutsErrors, ListCommitmentPayoutsResponses, ListCommitmentsData, ListCommitmentsErrors, ListCommitmentsResponses, ListFeeCollectionsData, ListFeeCollectionsErrors, ListFeeCollectionsResponses, ListJobsData, ListJobsErrors, ListJobsResponses, ListMilestoneSignalsData, ListMilestoneSignalsErrors, ListMilestoneSignalsResponses, ListPausesData, ListPausesErrors, ListPausesResponses, ListPayoutsData, ListPayoutsErrors, ListPayoutsResponses, ListProfilesData, ListProfilesErrors, ListProfilesResponses, ListRateLimitsData, ListRateLimitsErrors, ListRateLimitsResponses, ListReconciliationsData, ListReconciliationsErrors, ListReconciliationsResponses, ListReleaseLocksData, ListReleaseLocksErrors, ListReleaseLocksResponses, ListRevocationsData, ListRevocationsErrors, ListRevocationsResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, ListStrayDepositsData, ListStrayDepositsErrors, ListStrayDepositsResponses, ListTimelineData, ListTimelineErrors, ListTimelineResponses, ListUnclaimedSharesData, ListUnclaimedSharesErrors, ListUnclaimedSharesResponses, ListWebhookDeliveriesData, ListWebhookDeliveriesErrors, ListWebhookDeliveriesResponses, NormalizeRewardsData, NormalizeRewardsErrors, NormalizeRewardsResponses, PutProjectData, PutProjectErrors, PutProjectResponses, RecoverPayoutsData, RecoverPayoutsErrors, RecoverPayoutsResponses, ReleaseMilestoneData, ReleaseMilestoneErrors, ReleaseMilestoneResponses, RequestSignInNonceData, RequestSignInNonceErrors, RequestSignInNonceResponses, ResendWebhookDeliveryData, ResendWebhookDeliveryErrors, ResendWebhookDeliveryResponses, ReserveMintData, ReserveMintErrors, ReserveMintResponses, ResolveCommitmentAsFailureData, ResolveCommitmentAsFailureErrors, ResolveCommitmentAsFailureResponses, ResolveCommitmentAsSuccessData, ResolveCommitmentAsSuccessErrors, ResolveCommitmentAsSuccessResponses, ResolvePayoutData, ResolvePayoutErrors, ResolvePayoutResponses, RetryPayoutData, RetryPayoutErrors, RetryPayoutResponses, RotateEscrowKeysData, RotateEscrowKeysErrors, RotateEscrowKeysResponses, SignalMilestoneData, SignalMilestoneErrors, SignalMilestoneResponses, SignInData, SignInErrors, SignInResponses, SignOutData, SignOutErrors, SignOutResponses, StartReconciliationData, StartReconciliationErrors, StartReconciliationResponses, SweepCommitmentsData, SweepCommitmentsErrors, SweepCommitmentsResponses, TestWebhookEndpointData, TestWebhookEndpointErrors, TestWebhookEndpointResponses, UpdateProfileData, UpdateProfileErrors, UpdateProfileResponses, VerifyTokenAuthorityData, VerifyTokenAuthorityErrors, VerifyTokenAuthorityResponses, WithdrawFailureData, WithdrawFailureErrors, WithdrawFailureResponses } from './types.gen.js';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: Record<string, unknown>;
};

/**
 * A Sign-In With Solana message for any wallet; single use, 10 minutes
 */
export const requestSignInNonce = <ThrowOnError extends boolean = false>(options: Options<RequestSignInNonceData, ThrowOnError>) => (options.client ?? client).post<RequestSignInNonceResponses, RequestSignInNonceErrors, ThrowOnError>({
    url: '/api/admin/nonce',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Opens an admin session for a signed message; the session is in a cookie
 */
export const signIn = <ThrowOnError extends boolean = false>(options: Options<SignInData, ThrowOnError>) => (options.client ?? client).post<SignInResponses, SignInErrors, ThrowOnError>({
    url: '/api/admin/login',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Ends the admin session of this request
 */
export const signOut = <ThrowOnError extends boolean = false>(options: Options<SignOutData, ThrowOnError>) => (options.client ?? client).post<SignOutResponses, SignOutErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/logout',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Who is signed in, and until when
 */
export const getSignedInAdmin = <ThrowOnError extends boolean = false>(options?: Options<GetSignedInAdminData, ThrowOnError>) => (options?.client ?? client).get<GetSignedInAdminResponses, GetSignedInAdminErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/me',
    ...options
});

/**
 * Admins that were shut out, the newest first, at most 200
 */
export const listRevocations = <ThrowOnError extends boolean = false>(options?: Options<ListRevocationsData, ThrowOnError>) => (options?.client ?? client).get<ListRevocationsResponses, ListRevocationsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/revocations',
    ...options
});

/**
 * Shuts an admin out, on every replica at once
 */
export const createRevocation = <ThrowOnError extends boolean = false>(options: Options<CreateRevocationData, ThrowOnError>) => (options.client ?? client).post<CreateRevocationResponses, CreateRevocationErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/revocations',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Who is signed in, since when and until when
 */
export const listSessions = <ThrowOnError extends boolean = false>(options?: Options<ListSessionsData, ThrowOnError>) => (options?.client ?? client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/sessions',
    ...options
});

/**
 * Ends one session by its handle, or all of a wallet
 */
export const endSession = <ThrowOnError extends boolean = false>(options: Options<EndSessionData, ThrowOnError>) => (options.client ?? client).delete<EndSessionResponses, EndSessionErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/sessions/{session}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The audit log, newest first
 */
export const listAuditLogs = <ThrowOnError extends boolean = false>(options?: Options<ListAuditLogsData, ThrowOnError>) => (options?.client ?? client).get<ListAuditLogsResponses, ListAuditLogsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/audit-logs',
    ...options
});

/**
 * All matching rows as CSV, oldest first
 */
export const exportAuditLogsCsv = <ThrowOnError extends boolean = false>(options?: Options<ExportAuditLogsCsvData, ThrowOnError>) => (options?.client ?? client).get<ExportAuditLogsCsvResponses, ExportAuditLogsCsvErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/audit-logs.csv',
    ...options
});

/**
 * All matching rows as JSON lines, oldest first; unfiltered with their seals
 */
export const exportAuditLogsNdjson = <ThrowOnError extends boolean = false>(options?: Options<ExportAuditLogsNdjsonData, ThrowOnError>) => (options?.client ?? client).get<ExportAuditLogsNdjsonResponses, ExportAuditLogsNdjsonErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/audit-logs.ndjson',
    ...options
});

/**
 * The public keys of the audit log’s seals, present and earlier ones
 */
export const listAuditKeys = <ThrowOnError extends boolean = false>(options?: Options<ListAuditKeysData, ThrowOnError>) => (options?.client ?? client).get<ListAuditKeysResponses, ListAuditKeysErrors, ThrowOnError>({ url: '/api/audit-key', ...options });

/**
 * Audit events that were sent, wait to be sent or could not be sent, newest first
 */
export const listWebhookDeliveries = <ThrowOnError extends boolean = false>(options?: Options<ListWebhookDeliveriesData, ThrowOnError>) => (options?.client ?? client).get<ListWebhookDeliveriesResponses, ListWebhookDeliveriesErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/webhook-deliveries',
    ...options
});

/**
 * Sends one again, under its webhook-id
 */
export const resendWebhookDelivery = <ThrowOnError extends boolean = false>(options: Options<ResendWebhookDeliveryData, ThrowOnError>) => (options.client ?? client).post<ResendWebhookDeliveryResponses, ResendWebhookDeliveryErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/webhook-deliveries/{id}/resend',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Where audit events go, whether that is switched off, and what waits
 */
export const getWebhookEndpoint = <ThrowOnError extends boolean = false>(options?: Options<GetWebhookEndpointData, ThrowOnError>) => (options?.client ?? client).get<GetWebhookEndpointResponses, GetWebhookEndpointErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/webhook-endpoint',
    ...options
});

/**
 * Sends again after the receiver has answered 410
 */
export const enableWebhookEndpoint = <ThrowOnError extends boolean = false>(options: Options<EnableWebhookEndpointData, ThrowOnError>) => (options.client ?? client).post<EnableWebhookEndpointResponses, EnableWebhookEndpointErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/webhook-endpoint/enable',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Writes admin_webhook_test_ok, which is then sent to the receiver
 */
export const testWebhookEndpoint = <ThrowOnError extends boolean = false>(options: Options<TestWebhookEndpointData, ThrowOnError>) => (options.client ?? client).post<TestWebhookEndpointResponses, TestWebhookEndpointErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/webhook-endpoint/test',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The process answers
 */
export const getLiveness = <ThrowOnError extends boolean = false>(options?: Options<GetLivenessData, ThrowOnError>) => (options?.client ?? client).get<GetLivenessResponses, GetLivenessErrors, ThrowOnError>({ url: '/health/live', ...options });

/**
 * Each part that this service depends on
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>) => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/health/ready', ...options });

/**
 * Numbers for monitoring, in the text format of Prometheus
 *
 * Where METRICS_TOKEN is set, the header `Authorization: Bearer METRICS_TOKEN` is needed.
 */
export const getMetrics = <ThrowOnError extends boolean = false>(options?: Options<GetMetricsData, ThrowOnError>) => (options?.client ?? client).get<GetMetricsResponses, GetMetricsErrors, ThrowOnError>({ url: '/metrics', ...options });

/**
 * The exact text that a wallet signs for an action; good for five minutes
 */
export const createSigningMessage = <ThrowOnError extends boolean = false>(options: Options<CreateSigningMessageData, ThrowOnError>) => (options.client ?? client).post<CreateSigningMessageResponses, CreateSigningMessageErrors, ThrowOnError>({
    url: '/api/signing-messages',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * How many escrow keys each secret has sealed, and how far a rotation is
 */
export const getEscrowKeys = <ThrowOnError extends boolean = false>(options?: Options<GetEscrowKeysData, ThrowOnError>) => (options?.client ?? client).get<GetEscrowKeysResponses, GetEscrowKeysErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/escrow-keys',
    ...options
});

/**
 * Seals every local escrow key with the newest secret; answers after ten seconds and continues
 */
export const rotateEscrowKeys = <ThrowOnError extends boolean = false>(options: Options<RotateEscrowKeysData, ThrowOnError>) => (options.client ?? client).post<RotateEscrowKeysResponses, RotateEscrowKeysErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/escrow-keys/rotate',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Opens every local escrow key and compares the address that it derives
 */
export const checkEscrowKeys = <ThrowOnError extends boolean = false>(options: Options<CheckEscrowKeysData, ThrowOnError>) => (options.client ?? client).post<CheckEscrowKeysResponses, CheckEscrowKeysErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/escrow-keys/check',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The wallet that pays the fees of payouts, and what it holds
 */
export const getFeePayer = <ThrowOnError extends boolean = false>(options?: Options<GetFeePayerData, ThrowOnError>) => (options?.client ?? client).get<GetFeePayerResponses, GetFeePayerErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/fee-payer',
    ...options
});

/**
 * The authority attests completion, before the deadline
 */
export const attestCommitment = <ThrowOnError extends boolean = false>(options: Options<AttestCommitmentData, ThrowOnError>) => (options.client ?? client).post<AttestCommitmentResponses, AttestCommitmentErrors, ThrowOnError>({
    url: '/api/commitments/{id}/attest',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Commitments, newest first
 */
export const listCommitments = <ThrowOnError extends boolean = false>(options?: Options<ListCommitmentsData, ThrowOnError>) => (options?.client ?? client).get<ListCommitmentsResponses, ListCommitmentsErrors, ThrowOnError>({ url: '/api/commitments', ...options });

/**
 * Creates a commitment and its escrow, from the wallet signature over the terms
 */
export const createCommitment = <ThrowOnError extends boolean = false>(options: Options<CreateCommitmentData, ThrowOnError>) => (options.client ?? client).post<CreateCommitmentResponses, CreateCommitmentErrors, ThrowOnError>({
    url: '/api/commitments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * One commitment, with its terms, escrow and milestones
 */
export const getCommitment = <ThrowOnError extends boolean = false>(options: Options<GetCommitmentData, ThrowOnError>) => (options.client ?? client).get<GetCommitmentResponses, GetCommitmentErrors, ThrowOnError>({ url: '/api/commitments/{id}', ...options });

/**
 * Is the signing wallet the token's mint authority or metadata update authority?
 */
export const verifyTokenAuthority = <ThrowOnError extends boolean = false>(options: Options<VerifyTokenAuthorityData, ThrowOnError>) => (options.client ?? client).post<VerifyTokenAuthorityResponses, VerifyTokenAuthorityErrors, ThrowOnError>({
    url: '/api/dev-verify',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Who earns the creator fees of the token, as the chain says now
 */
export const getFeeRouting = <ThrowOnError extends boolean = false>(options: Options<GetFeeRoutingData, ThrowOnError>) => (options.client ?? client).get<GetFeeRoutingResponses, GetFeeRoutingErrors, ThrowOnError>({ url: '/api/commitments/{id}/fee-routing', ...options });

/**
 * The creator attests that a milestone is done; holders may approve it from then on
 */
export const completeMilestone = <ThrowOnError extends boolean = false>(options: Options<CompleteMilestoneData, ThrowOnError>) => (options.client ?? client).post<CompleteMilestoneResponses, CompleteMilestoneErrors, ThrowOnError>({
    url: '/api/commitments/{id}/milestones/{milestoneId}/complete',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Public events, newest first
 */
export const listTimeline = <ThrowOnError extends boolean = false>(options?: Options<ListTimelineData, ThrowOnError>) => (options?.client ?? client).get<ListTimelineResponses, ListTimelineErrors, ThrowOnError>({ url: '/api/timeline', ...options });

/**
 * A holder of the token approves a milestone, with its holding's weight
 */
export const signalMilestone = <ThrowOnError extends boolean = false>(options: Options<SignalMilestoneData, ThrowOnError>) => (options.client ?? client).post<SignalMilestoneResponses, SignalMilestoneErrors, ThrowOnError>({
    url: '/api/commitments/{id}/milestones/{milestoneId}/signal',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The approvals of a milestone with their weights, newest first
 */
export const listMilestoneSignals = <ThrowOnError extends boolean = false>(options: Options<ListMilestoneSignalsData, ThrowOnError>) => (options.client ?? client).get<ListMilestoneSignalsResponses, ListMilestoneSignalsErrors, ThrowOnError>({ url: '/api/commitments/{id}/milestones/{milestoneId}/signals', ...options });

/**
 * Weighs the approvals of due milestones again and unlocks those that hold
 */
export const normalizeRewards = <ThrowOnError extends boolean = false>(options: Options<NormalizeRewardsData, ThrowOnError>) => (options.client ?? client).post<NormalizeRewardsResponses, NormalizeRewardsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }, { name: 'x-cron-secret', type: 'apiKey' }],
    url: '/api/admin/normalize-rewards',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Names who is paid instead of a destination that cannot be paid any more
 *
 * Two different admins sign the same. What stands in the signed terms counts again as soon as it can be paid. Never an admin, the wallet that has committed, or an escrow.
 */
export const changeDestination = <ThrowOnError extends boolean = false>(options: Options<ChangeDestinationData, ThrowOnError>) => (options.client ?? client).post<ChangeDestinationResponses, ChangeDestinationErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/destination-changes',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What becomes of the escrow of a failing or failed reward commitment, and who has claimed
 */
export const getFailureDistribution = <ThrowOnError extends boolean = false>(options: Options<GetFailureDistributionData, ThrowOnError>) => (options.client ?? client).get<GetFailureDistributionResponses, GetFailureDistributionErrors, ThrowOnError>({ url: '/api/commitments/{id}/failure-distribution', ...options });

/**
 * Pays a holder its first unpaid share of a failed reward commitment, exactly once
 */
export const claimFailureShare = <ThrowOnError extends boolean = false>(options: Options<ClaimFailureShareData, ThrowOnError>) => (options.client ?? client).post<ClaimFailureShareResponses, ClaimFailureShareErrors, ThrowOnError>({
    url: '/api/commitments/{id}/failure-distribution/claim',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Failed commitments with shares that nobody has claimed, newest first
 */
export const listUnclaimedShares = <ThrowOnError extends boolean = false>(options?: Options<ListUnclaimedSharesData, ThrowOnError>) => (options?.client ?? client).get<ListUnclaimedSharesResponses, ListUnclaimedSharesErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/unclaimed-shares',
    ...options
});

/**
 * A holder asks for its share of an announced failure; repeating it is harmless
 *
 * Possible until the failure takes effect. What the wallet held at the announcement counts. Who approved a milestone in its vote window is enrolled already.
 */
export const enrollForFailureShare = <ThrowOnError extends boolean = false>(options: Options<EnrollForFailureShareData, ThrowOnError>) => (options.client ?? client).post<EnrollForFailureShareResponses, EnrollForFailureShareErrors, ThrowOnError>({
    url: '/api/commitments/{id}/failure-distribution/enroll',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pauses of payouts, open ones first, at most 200
 */
export const listPauses = <ThrowOnError extends boolean = false>(options?: Options<ListPausesData, ThrowOnError>) => (options?.client ?? client).get<ListPausesResponses, ListPausesErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/pauses',
    ...options
});

/**
 * Stops payouts: all, those of one commitment, or those of one purpose
 */
export const createPause = <ThrowOnError extends boolean = false>(options: Options<CreatePauseData, ThrowOnError>) => (options.client ?? client).post<CreatePauseResponses, CreatePauseErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/pauses',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Ends a pause that another admin has made; what waited continues
 */
export const endPause = <ThrowOnError extends boolean = false>(options: Options<EndPauseData, ThrowOnError>) => (options.client ?? client).delete<EndPauseResponses, EndPauseErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/pauses/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Payouts of all commitments with every attempt, and who decided them, newest first
 */
export const listPayouts = <ThrowOnError extends boolean = false>(options?: Options<ListPayoutsData, ThrowOnError>) => (options?.client ?? client).get<ListPayoutsResponses, ListPayoutsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/payouts',
    ...options
});

/**
 * Payouts of a commitment with every attempt, newest first
 */
export const listCommitmentPayouts = <ThrowOnError extends boolean = false>(options: Options<ListCommitmentPayoutsData, ThrowOnError>) => (options.client ?? client).get<ListCommitmentPayoutsResponses, ListCommitmentPayoutsErrors, ThrowOnError>({ url: '/api/commitments/{id}/payouts', ...options });

/**
 * One payout with every attempt
 */
export const getPayout = <ThrowOnError extends boolean = false>(options: Options<GetPayoutData, ThrowOnError>) => (options.client ?? client).get<GetPayoutResponses, GetPayoutErrors, ThrowOnError>({ url: '/api/payouts/{id}', ...options });

/**
 * Takes a payout up again that three on-chain failures have stopped
 */
export const retryPayout = <ThrowOnError extends boolean = false>(options: Options<RetryPayoutData, ThrowOnError>) => (options.client ?? client).post<RetryPayoutResponses, RetryPayoutErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/payouts/{id}/retry',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * After a restore: books what escrows have paid and the ledger has lost; pays nothing
 */
export const recoverPayouts = <ThrowOnError extends boolean = false>(options: Options<RecoverPayoutsData, ThrowOnError>) => (options.client ?? client).post<RecoverPayoutsResponses, RecoverPayoutsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/recoveries',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Runs the proof for a payout that nobody could decide, with every witness
 */
export const resolvePayout = <ThrowOnError extends boolean = false>(options: Options<ResolvePayoutData, ThrowOnError>) => (options.client ?? client).post<ResolvePayoutResponses, ResolvePayoutErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/payouts/{payoutId}/resolve',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pays the creator for a claimable milestone, exactly once
 *
 * An admin signs `admin.milestone.release`. From `selfReleaseAt` of the milestone on its creator may sign `milestone.release` instead, without a session.
 */
export const releaseMilestone = <ThrowOnError extends boolean = false>(options: Options<ReleaseMilestoneData, ThrowOnError>) => (options.client ?? client).post<ReleaseMilestoneResponses, ReleaseMilestoneErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/milestones/{milestoneId}/release',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Releases in progress, oldest first, at most 200
 */
export const listReleaseLocks = <ThrowOnError extends boolean = false>(options?: Options<ListReleaseLocksData, ThrowOnError>) => (options?.client ?? client).get<ListReleaseLocksResponses, ListReleaseLocksErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/release-locks',
    ...options
});

/**
 * Gives up a release of which nothing can land any more
 */
export const clearReleaseLock = <ThrowOnError extends boolean = false>(options: Options<ClearReleaseLockData, ThrowOnError>) => (options.client ?? client).delete<ClearReleaseLockResponses, ClearReleaseLockErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/release-locks/{commitmentId}/{milestoneId}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Success: the whole escrow returns to the authority, exactly once
 */
export const resolveCommitmentAsSuccess = <ThrowOnError extends boolean = false>(options: Options<ResolveCommitmentAsSuccessData, ThrowOnError>) => (options.client ?? client).post<ResolveCommitmentAsSuccessResponses, ResolveCommitmentAsSuccessErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/success',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Calls an announced failure off before it takes effect
 */
export const withdrawFailure = <ThrowOnError extends boolean = false>(options: Options<WithdrawFailureData, ThrowOnError>) => (options.client ?? client).delete<WithdrawFailureResponses, WithdrawFailureErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/failure',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Failure, exactly once: what the frozen terms say
 *
 * Personal: the whole escrow goes to destinationOnFail; after an attestation the failure is filed, with a public reason, until `failureEffectiveAt`. Reward: announced, effective at `failureEffectiveAt` unless called off; it pays whoever held the token when it was announced. Within 30 days of a calling off it takes two admins. Another admin may repeat it for an announcer who is none any more.
 */
export const resolveCommitmentAsFailure = <ThrowOnError extends boolean = false>(options: Options<ResolveCommitmentAsFailureData, ThrowOnError>) => (options.client ?? client).post<ResolveCommitmentAsFailureResponses, ResolveCommitmentAsFailureErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/failure',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Settled commitments whose escrow holds more than it owes
 *
 * A page may be empty and not the last.
 */
export const listStrayDeposits = <ThrowOnError extends boolean = false>(options?: Options<ListStrayDepositsData, ThrowOnError>) => (options?.client ?? client).get<ListStrayDepositsResponses, ListStrayDepositsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/stray-deposits',
    ...options
});

/**
 * Pays what reached the escrow after the settlement to the wallet of the outcome
 */
export const forwardStrayDeposit = <ThrowOnError extends boolean = false>(options: Options<ForwardStrayDepositData, ThrowOnError>) => (options.client ?? client).post<ForwardStrayDepositResponses, ForwardStrayDepositErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/commitments/{id}/stray-deposits/forward',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Ends personal commitments that passed their deadline unattested, or attested and undecided
 */
export const sweepCommitments = <ThrowOnError extends boolean = false>(options: Options<SweepCommitmentsData, ThrowOnError>) => (options.client ?? client).post<SweepCommitmentsResponses, SweepCommitmentsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }, { name: 'x-cron-secret', type: 'apiKey' }],
    url: '/api/commitments/sweep',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * A signed address to upload an image to, under the wallet’s own path
 */
export const createAvatarUpload = <ThrowOnError extends boolean = false>(options: Options<CreateAvatarUploadData, ThrowOnError>) => (options.client ?? client).post<CreateAvatarUploadResponses, CreateAvatarUploadErrors, ThrowOnError>({
    url: '/api/profiles/avatar/upload-url',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The profiles of many wallets at once
 */
export const listProfiles = <ThrowOnError extends boolean = false>(options: Options<ListProfilesData, ThrowOnError>) => (options.client ?? client).get<ListProfilesResponses, ListProfilesErrors, ThrowOnError>({ url: '/api/profiles', ...options });

/**
 * What a wallet has published about itself
 */
export const getProfile = <ThrowOnError extends boolean = false>(options: Options<GetProfileData, ThrowOnError>) => (options.client ?? client).get<GetProfileResponses, GetProfileErrors, ThrowOnError>({ url: '/api/profiles/{wallet}', ...options });

/**
 * A wallet publishes its profile; what it leaves out is not shown any more
 */
export const updateProfile = <ThrowOnError extends boolean = false>(options: Options<UpdateProfileData, ThrowOnError>) => (options.client ?? client).post<UpdateProfileResponses, UpdateProfileErrors, ThrowOnError>({
    url: '/api/profiles/{wallet}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The public page of a token’s project
 */
export const getProject = <ThrowOnError extends boolean = false>(options: Options<GetProjectData, ThrowOnError>) => (options.client ?? client).get<GetProjectResponses, GetProjectErrors, ThrowOnError>({ url: '/api/projects/{mint}', ...options });

/**
 * An admin writes the page, as a whole
 */
export const putProject = <ThrowOnError extends boolean = false>(options: Options<PutProjectData, ThrowOnError>) => (options.client ?? client).put<PutProjectResponses, PutProjectErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/projects/{mint}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Creator fees that a wallet can collect
 */
export const getCreatorFees = <ThrowOnError extends boolean = false>(options: Options<GetCreatorFeesData, ThrowOnError>) => (options.client ?? client).get<GetCreatorFeesResponses, GetCreatorFeesErrors, ThrowOnError>({ url: '/api/pumpfun/creators/{wallet}', ...options });

/**
 * The unsigned transaction by which a wallet collects its creator fees
 */
export const createCreatorFeeClaim = <ThrowOnError extends boolean = false>(options: Options<CreateCreatorFeeClaimData, ThrowOnError>) => (options.client ?? client).post<CreateCreatorFeeClaimResponses, CreateCreatorFeeClaimErrors, ThrowOnError>({
    url: '/api/pumpfun/claim',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Creator fees collected, and wrapped SOL unwrapped, into the escrow; newest first
 */
export const listFeeCollections = <ThrowOnError extends boolean = false>(options: Options<ListFeeCollectionsData, ThrowOnError>) => (options.client ?? client).get<ListFeeCollectionsResponses, ListFeeCollectionsErrors, ThrowOnError>({ url: '/api/commitments/{id}/fee-collections', ...options });

/**
 * Keeps the address of a coin for one creator
 */
export const reserveMint = <ThrowOnError extends boolean = false>(options: Options<ReserveMintData, ThrowOnError>) => (options.client ?? client).post<ReserveMintResponses, ReserveMintErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/pumpfun/mints',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Launches a commitment’s coin at pump.fun, paid by the fee payer
 *
 * Somebody else can buy between creation and purchase.
 */
export const launchCoin = <ThrowOnError extends boolean = false>(options: Options<LaunchCoinData, ThrowOnError>) => (options.client ?? client).post<LaunchCoinResponses, LaunchCoinErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/pumpfun/launch',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The launch of a commitment’s coin
 */
export const getLaunch = <ThrowOnError extends boolean = false>(options: Options<GetLaunchData, ThrowOnError>) => (options.client ?? client).get<GetLaunchResponses, GetLaunchErrors, ThrowOnError>({ url: '/api/commitments/{id}/launch', ...options });

/**
 * Runs of reconciliation, newest first
 */
export const listReconciliations = <ThrowOnError extends boolean = false>(options?: Options<ListReconciliationsData, ThrowOnError>) => (options?.client ?? client).get<ListReconciliationsResponses, ListReconciliationsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/reconciliations',
    ...options
});

/**
 * Compares ledger and chain: what escrows hold, or what admins have decided
 */
export const startReconciliation = <ThrowOnError extends boolean = false>(options: Options<StartReconciliationData, ThrowOnError>) => (options.client ?? client).post<StartReconciliationResponses, StartReconciliationErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }, { name: 'x-cron-secret', type: 'apiKey' }],
    url: '/api/admin/reconciliations',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * One run with all of its lines
 */
export const getReconciliation = <ThrowOnError extends boolean = false>(options: Options<GetReconciliationData, ThrowOnError>) => (options.client ?? client).get<GetReconciliationResponses, GetReconciliationErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/reconciliations/{id}',
    ...options
});

/**
 * The lines of one run as CSV
 */
export const exportReconciliationCsv = <ThrowOnError extends boolean = false>(options: Options<ExportReconciliationCsvData, ThrowOnError>) => (options.client ?? client).get<ExportReconciliationCsvResponses, ExportReconciliationCsvErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/reconciliations/{id}/lines.csv',
    ...options
});

/**
 * Everything needed to check a commitment without this service; verifier/ does it
 */
export const getProof = <ThrowOnError extends boolean = false>(options: Options<GetProofData, ThrowOnError>) => (options.client ?? client).get<GetProofResponses, GetProofErrors, ThrowOnError>({ url: '/api/commitments/{id}/proof', ...options });

/**
 * Every scheduled job: its last success, its last runs, and whether it is overdue
 */
export const listJobs = <ThrowOnError extends boolean = false>(options?: Options<ListJobsData, ThrowOnError>) => (options?.client ?? client).get<ListJobsResponses, ListJobsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/jobs',
    ...options
});

/**
 * Who was refused for too many requests, and what one client has used up
 */
export const listRateLimits = <ThrowOnError extends boolean = false>(options?: Options<ListRateLimitsData, ThrowOnError>) => (options?.client ?? client).get<ListRateLimitsResponses, ListRateLimitsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/rate-limits',
    ...options
});

/**
 * Lets one client begin its windows anew: an IP address, a wallet, or `all`
 */
export const forgiveRateLimits = <ThrowOnError extends boolean = false>(options: Options<ForgiveRateLimitsData, ThrowOnError>) => (options.client ?? client).delete<ForgiveRateLimitsResponses, ForgiveRateLimitsErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/rate-limits/{client}',
    ...options
});

/**
 * Health, pauses, unfinished payouts, locks, overdue jobs, fee payer, webhook and alarms
 *
 * `ops status` makes of it what is stuck, why, since when, and which command comes next.
 */
export const getOverview = <ThrowOnError extends boolean = false>(options?: Options<GetOverviewData, ThrowOnError>) => (options?.client ?? client).get<GetOverviewResponses, GetOverviewErrors, ThrowOnError>({
    security: [{
            in: 'cookie',
            name: 'cts_admin_session',
            type: 'apiKey'
        }],
    url: '/api/admin/overview',
    ...options
});
