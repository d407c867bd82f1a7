import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ChainTimeDisplay } from '#src/commitments/commitment/chain-time-display.service.js';
import { EscrowBalances } from '#src/escrow/escrows/escrow-balances.service.js';

const EVERY_MS = 100;

/** The one background reader of what people look at: no answer to them waits for the chain. Asks nothing while nobody looks. */
@Injectable()
export class ShownReadings implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly balances: EscrowBalances,
    private readonly chainTime: ChainTimeDisplay,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.balances.keepFresh();
      this.chainTime.keepFresh();
    }, EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
