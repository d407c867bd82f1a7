import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { FeePayer } from './fee-payer.service.js';

/** What the fee payer holds, as it was read from the chain, and when. */
export interface FeePayerReading {
  readonly address: string;
  readonly lamports: Lamports;
  readonly asOf: Date;
  /** False below FEE_PAYER_FLOOR_LAMPORTS. */
  readonly ok: boolean;
}

const FRESH_MS = 5_000;

/** The fee payer's balance for people and probes to look at; a payout reads it again before it is signed. */
@Injectable()
export class FeePayerBalance {
  private newest: FeePayerReading | null = null;
  private reading: Promise<FeePayerReading> | null = null;

  constructor(
    private readonly feePayer: FeePayer,
    private readonly chain: Chain,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * At most five seconds old; null where no fee payer is configured.
   * @throws DomainError `rpc_unavailable`
   */
  async read(): Promise<FeePayerReading | null> {
    const { address } = this.feePayer;
    if (address === null) return null;
    const oldest = this.clock.now().getTime() - FRESH_MS;
    if (this.newest !== null && this.newest.asOf.getTime() >= oldest) return this.newest;
    this.reading ??= this.ask(address).finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  private async ask(address: string): Promise<FeePayerReading> {
    const [balance] = await this.chain.shownBalances([address]);
    const lamports = balance?.lamports ?? 0n;
    const ok = lamports >= BigInt(this.settings.env.FEE_PAYER_FLOOR_LAMPORTS);
    this.newest = { address, lamports, asOf: this.clock.now(), ok };
    return this.newest;
  }
}
