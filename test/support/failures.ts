import type { PaymentAnswer, PayoutAnswer, RestClient } from '../../src/local/client.js';
import type { Reward, RewardHost } from './rewards.js';
import type { TestWallet } from './wallets.js';

export interface ShareAnswer {
  readonly wallet: string;
  readonly weightRaw: string;
  readonly amountLamports: number;
  readonly status: string;
  readonly payoutId?: string;
  readonly signature?: string;
}

export interface DistributionAnswer {
  readonly escrowBalanceLamports: number;
  readonly treasuryLamports: number;
  readonly potLamports: number;
  readonly destinationLamports: number;
  readonly feeLamports: number;
  readonly legFeeLamports: number;
  readonly reserveLamports: number;
  readonly strandedLamports: number;
  readonly unclaimedLamports: number;
  readonly unclaimedShares: number;
  readonly shares: readonly ShareAnswer[];
  readonly nextCursor: string | null;
}

export interface FailureAnswer {
  readonly payout?: PayoutAnswer;
  readonly commitment: {
    readonly status: string;
    readonly milestones: readonly { readonly status: string }[];
  };
  readonly distribution: DistributionAnswer;
  readonly signature?: string;
}

/** @throws ApiError */
export function fail(admin: RestClient, { id }: Pick<Reward, 'id'>) {
  return admin.post<FailureAnswer>(`/commitments/${id}/failure`);
}

/** Signs the claim and sends it. @throws ApiError */
export function claim(client: RestClient, wallet: TestWallet, { id }: Pick<Reward, 'id'>) {
  const path = '/commitments/:commitmentId/failure-distribution/claim';
  return client.signAction<PaymentAnswer>(wallet, 'distribution.claim', { commitmentId: id }, path);
}

export async function distributionOf(
  host: Pick<RewardHost, 'client'>,
  { id }: Pick<Reward, 'id'>,
  query = '',
): Promise<DistributionAnswer> {
  const path = `/commitments/${id}/failure-distribution${query}`;
  return (await host.client().get<DistributionAnswer>(path)).body;
}

/** Everything that was frozen but for the fees: what the transfers of one distribution add up to. */
export function promisedBy(distribution: DistributionAnswer): bigint {
  const { treasuryLamports, potLamports, destinationLamports, reserveLamports } = distribution;
  return BigInt(treasuryLamports + potLamports + destinationLamports + reserveLamports);
}
