import { Injectable } from '@nestjs/common';
import { oneAWallet } from '#src/approvals/weights/reweighing.js';
import { ProvenSignals } from './proven-signals.service.js';
import type { Interval } from './signal.js';

/** A wallet that approved some milestone of a commitment in its vote window. */
export interface Approver {
  readonly wallet: string;
  /** The most that it approved with, in smallest units of the token. */
  readonly rawAmount: bigint;
  readonly tokenAccounts: readonly string[];
  /** Chain time of its first approval. */
  readonly signalledAt: Date;
}

/** Who approved in time has a share of a failure without asking for it. */
@Injectable()
export class TimelyApprovals {
  constructor(private readonly proven: ProvenSignals) {}

  /** @param lost times in which an announced failure that was called off kept everybody from approving */
  async of(commitmentId: string, lost: readonly Interval[]): Promise<Approver[]> {
    const signals = await this.proven.inTime(commitmentId, lost);
    const first = new Map<string, Date>();
    for (const { wallet, signalledAt } of signals) {
      const known = first.get(wallet);
      if (known === undefined || signalledAt < known) first.set(wallet, signalledAt);
    }
    return oneAWallet(signals).map(({ wallet, rawAmount, tokenAccounts }) => ({
      wallet,
      rawAmount,
      tokenAccounts,
      signalledAt: first.get(wallet) ?? new Date(0),
    }));
  }
}
