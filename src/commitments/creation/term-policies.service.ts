import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { TermPolicyRow } from './term-policy-row.entity.js';
import { policyHash, type TermPolicy } from '#src/commitments/commitment/terms.js';

const REMEMBERED = 10;

/** The configured terms, now and before. */
@Injectable()
export class TermPolicies implements OnApplicationBootstrap {
  readonly current: TermPolicy;

  constructor(
    settings: Settings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    const { env } = settings;
    this.current = {
      cluster: env.SOLANA_CLUSTER,
      decisionWindowSeconds: env.PERSONAL_DECISION_WINDOW_SECONDS,
      approvalThresholdUsd: settings.approvalThresholdUsd,
      approvalSupplyBps: env.REWARD_APPROVAL_SUPPLY_BPS,
      minHoldingUsd: settings.minHoldingUsd,
      minLiquidityUsd: settings.minLiquidityUsd,
      claimDelaySeconds: env.REWARD_CLAIM_DELAY_SECONDS,
      voteWindowSeconds: env.REWARD_VOTE_WINDOW_SECONDS,
      selfReleaseSeconds: env.REWARD_SELF_RELEASE_SECONDS,
      earnedAfterSeconds: env.REWARD_EARNED_AFTER_SECONDS,
      failureNoticeSeconds: env.FAILURE_NOTICE_SECONDS,
      failureMinShareLamports: env.FAILURE_MIN_SHARE_LAMPORTS,
      pauseMaxSeconds: env.PAUSE_MAX_SECONDS,
      treasuryShareBps: env.FAILURE_TREASURY_BPS,
      treasury: env.FAILURE_TREASURY_BPS === 0 ? null : (env.FAILURE_TREASURY_PUBKEY ?? null),
    };
  }

  /** Remembers the terms in force, so that a signature over them is recognized after they changed. */
  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.manager.upsert(
      TermPolicyRow,
      { hash: policyHash(this.current), policy: this.current, lastInForce: this.clock.now() },
      ['hash'],
    );
  }

  /** Other terms that were in force, the latest first. */
  async earlier(): Promise<TermPolicy[]> {
    const rows = await this.transactions.manager.find(TermPolicyRow, {
      order: { lastInForce: 'DESC' },
      take: REMEMBERED,
    });
    const currentHash = policyHash(this.current);
    return rows.filter(({ hash }) => hash !== currentHash).map(({ policy }) => policy);
  }
}
