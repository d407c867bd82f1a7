import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';

/** Between two runs of the watch a provider may have had a bad moment. */
const TOLD_AFTER_MS = 60_000;

/** Raises `rpc_single_source_error` for an RPC voice that does not answer: once a day for as long as that lasts. */
@Injectable()
export class VoicesWatch {
  constructor(
    private readonly chain: Chain,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @returns how many voices are silent */
  async run(): Promise<{ readonly silent: number }> {
    const found = await this.chain.silentVoices();
    const silent = found.filter(({ forMs }) => forMs >= TOLD_AFTER_MS);
    const day = this.clock.now().toISOString().slice(0, 10);
    for (const { voice } of silent)
      await this.audit.recordOnce({ event: 'rpc_single_source_error', fields: { voice, day } });
    return { silent: silent.length };
  }
}
