import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../common/transactions.js';
import { ReweighingService } from './reweighing.service.js';
import { SignalRepository } from './signal.repository.js';

/** What the wallets that approved in time weigh now, should their commitment fail. */
export interface Earned {
  /** How many approvals that counts. */
  readonly signals: number;
  /** One a wallet, in smallest units of the token; 0 for a wallet that holds nothing any more. */
  readonly weights: readonly { readonly wallet: string; readonly weightRaw: bigint }[];
}

/** Shares of a failure are earned by approvals given in the vote window, on any milestone of the commitment. */
@Injectable()
export class EarnedWeights {
  constructor(
    private readonly signals: SignalRepository,
    private readonly reweighing: ReweighingService,
    private readonly transactions: Transactions,
  ) {}

  /** Asks the chain, so never call it in a database transaction. @throws RpcUnavailableError */
  async read(commitmentId: string, mint: string): Promise<Earned> {
    const signals = await this.signals.findInTime(this.transactions.manager, commitmentId);
    if (signals.length === 0) return { signals: 0, weights: [] };
    return { signals: signals.length, weights: await this.reweighing.stillHeld(mint, signals) };
  }

  /** Whether no approval has come since `earned` was read; none is ever taken back. */
  async isComplete(manager: EntityManager, commitmentId: string, { signals }: Earned): Promise<boolean> {
    return (await this.signals.countInTime(manager, commitmentId)) === signals;
  }
}
