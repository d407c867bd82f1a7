import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { FeePayerBalance } from './fee-payer-balance.service.js';
import type { FeePayerDto } from './fee-payer.dto.js';

/** The fee payer as operators see it. */
@Injectable()
export class FeePayerReport {
  constructor(
    private readonly balance: FeePayerBalance,
    private readonly settings: Settings,
  ) {}

  /** @throws DomainError `rpc_unavailable` */
  async show(): Promise<FeePayerDto> {
    const floorLamports = this.settings.env.FEE_PAYER_FLOOR_LAMPORTS;
    const reading = await this.balance.read();
    if (reading === null) return { address: null, balanceLamports: null, floorLamports, ok: true };
    const { address, lamports, ok } = reading;
    return { address, balanceLamports: toJsonLamports(lamports), floorLamports, ok };
  }
}
