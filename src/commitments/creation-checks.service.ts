import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Chain } from '../chain/chain.js';
import { transferFee } from '../chain/transfer-transaction.js';
import { DomainError } from '../common/errors.js';
import { FeePayer } from '../escrow/fee-payer.service.js';
import type { Chosen } from './creation.js';
import { checkAmount, checkDeadline } from './personal-creation.js';
import { checkDecimals } from './reward-creation.js';
import type { PersonalParams } from './terms.js';
import { TokenAuthority } from './token-authority.service.js';

/** What of a creation only the chain can tell. */
@Injectable()
export class CreationChecks {
  constructor(
    private readonly chain: Chain,
    private readonly authority: TokenAuthority,
    private readonly feePayer: FeePayer,
    private readonly settings: Settings,
  ) {}

  /**
   * @returns the token's authorities, which cannot approve; none for a personal commitment
   * @throws DomainError `destination_not_payable`, `not_token_authority`, `rpc_unavailable`; ValidationError
   */
  async check(wallet: string, chosen: Chosen): Promise<readonly (string | null)[]> {
    if (chosen.kind === 'personal') {
      await Promise.all([this.checkPersonal(chosen), this.checkDestination(chosen.destinationOnFail)]);
      return [];
    }
    const [token] = await Promise.all([
      this.authority.require(wallet, chosen.tokenMint),
      this.checkDestination(chosen.destinationOnFail),
    ]);
    checkDecimals(token);
    return [token.mintAuthority, token.updateAuthority];
  }

  private async checkPersonal({ deadline, amountLamports }: PersonalParams): Promise<void> {
    const [now, rentMinimum] = await Promise.all([this.chain.now(), this.chain.rentExemptMinimum()]);
    checkDeadline(deadline, now.unixSeconds);
    checkAmount(amountLamports, rentMinimum + this.highestFee());
  }

  /** Lamports that an escrow may have to pay for its refund. */
  private highestFee(): bigint {
    if (this.feePayer.address !== null) return 0n;
    return transferFee(1, BigInt(this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS));
  }

  private async checkDestination(address: string): Promise<void> {
    const { executable } = await this.chain.account(address);
    if (!executable && !isReserved(address)) return;
    throw new DomainError(
      'destination_not_payable',
      `${address} is a program or a reserved account and cannot receive SOL. Name a wallet.`,
    );
  }
}

// The system program, the native loader and the sysvars accept no lamports, although they are not all executable.
function isReserved(address: string): boolean {
  return address === '1'.repeat(32) || address.startsWith('Sysvar') || address.startsWith('NativeLoader');
}
