import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../common/transactions.js';
import { TermPolicyRow } from './term-policy.entity.js';
import { policyHash, type TermPolicy } from './terms.js';

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
    this.current = {
      cluster: settings.env.SOLANA_CLUSTER,
      decisionWindowSeconds: settings.env.PERSONAL_DECISION_WINDOW_SECONDS,
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
