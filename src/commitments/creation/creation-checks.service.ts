import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { transferFee } from '#src/chain/signing/transfer-transaction.js';
import { Clock } from '#src/common/clock.js';
import { DomainError } from '#src/common/errors/errors.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import type { Chosen } from './creation.js';
import { PayableWallets } from './payable-wallets.service.js';
import { checkAmount, checkDeadline } from './personal-creation.js';
import type { PersonalParams } from '#src/commitments/commitment/terms.js';
import { FeeRoutings } from '#src/commitments/fee-routing/fee-routings.service.js';
import { TokenMints } from '#src/commitments/tokens/token-mints.service.js';
import { TokenAuthority } from '#src/commitments/tokens/token-authority.service.js';

/** What of a creation only the chain can tell. */
@Injectable()
export class CreationChecks {
  constructor(
    private readonly chain: Chain,
    private readonly authority: TokenAuthority,
    private readonly mints: TokenMints,
    private readonly routings: FeeRoutings,
    private readonly wallets: PayableWallets,
    private readonly feePayer: FeePayer,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the token's authorities, which cannot approve; none for a personal commitment
   * @throws DomainError `destination_not_payable`, `not_token_authority`, `token_not_supported`, `fees_not_manageable`, `rpc_unavailable`; ValidationError
   */
  async check(wallet: string, chosen: Chosen): Promise<readonly (string | null)[]> {
    if (chosen.kind === 'personal') {
      await Promise.all([this.checkPersonal(chosen), this.checkDestination(chosen.destinationOnFail)]);
      return [];
    }
    // Of a coin that is to be launched here, the launch itself names the escrow, and the fee payer holds what it buys.
    const isKept = (await this.mints.keptFor(chosen.tokenMint)) !== null;
    const mustBeManageable = chosen.creatorFeeMode === 'managed' && !isKept;
    const [token] = await Promise.all([
      this.authority.require(wallet, chosen.tokenMint),
      this.checkDestination(chosen.destinationOnFail),
      ...(mustBeManageable ? [this.routings.requireManageable(chosen.tokenMint)] : []),
    ]);
    return [token.mintAuthority, token.updateAuthority, isKept ? this.feePayer.address : null];
  }

  private async checkPersonal({ deadline, amountLamports }: PersonalParams): Promise<void> {
    const [now, rentMinimum] = await Promise.all([
      this.chain.timeOfAct(this.clock.now()),
      this.chain.rentExemptMinimum(),
    ]);
    checkDeadline(deadline, now.getTime() / 1000);
    checkAmount(amountLamports, rentMinimum + this.highestFee());
  }

  /** Lamports that an escrow may have to pay for its refund. */
  private highestFee(): bigint {
    if (this.feePayer.address !== null) return 0n;
    return transferFee(1, BigInt(this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS));
  }

  private async checkDestination(address: string): Promise<void> {
    const flaw = await this.wallets.flawOf(address);
    if (flaw === null) return;
    throw new DomainError(
      'destination_not_payable',
      `destinationOnFail ${address} is ${flaw}: money sent there would never reach a person. Name a wallet.`,
      { destination: address },
    );
  }
}
