import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { StartupError } from '#config/database/await-database.js';
import { isChainTrouble } from '#src/chain/port/chain.errors.js';
import { PayableWallets } from './payable-wallets.service.js';
import { TermPolicies } from './term-policies.service.js';

/** Refuses a start whose treasury could never give money back to a person: found out here, not when a failure is paid. */
@Injectable()
export class TreasuryCheck implements OnModuleInit {
  private readonly logger = new Logger(TreasuryCheck.name);

  constructor(
    private readonly policies: TermPolicies,
    private readonly wallets: PayableWallets,
  ) {}

  /** A chain that does not answer holds up no start: the treasury is looked at again before each payment. @throws StartupError */
  async onModuleInit(): Promise<void> {
    const { treasury } = this.policies.current;
    if (treasury === null) return;
    const flaw = await this.wallets.flawOf(treasury).catch((error: unknown) => {
      if (!isChainTrouble(error)) throw error;
      this.logger.warn({ treasury }, `The treasury could not be looked at: ${error.message}`);
      return null;
    });
    if (flaw === null) return;
    throw new StartupError(
      `FAILURE_TREASURY_PUBKEY ${treasury} is ${flaw}: money sent there would never reach a person. Nothing was started. ` +
        'Set it to a wallet, or FAILURE_TREASURY_BPS to 0.',
    );
  }
}
