import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import type { CreatorFees as Found } from '#src/chain/port/pump-coin.js';
import { type ClaimPlan, compileClaim, compileClaimMessage } from '#src/chain/pump/claim-transaction.js';
import { unitsAfter } from '#src/chain/pump/compute-units.js';
import { DomainError } from '#src/common/errors/errors.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { claimable, type Claimable } from './creator-fees.js';
import {
  type CreatorFeeClaimBody,
  type ClaimDto,
  CreatorFeeClaimParams,
  type CreatorFeesDto,
} from './creator-fees.dto.js';

/** Creator fees of pump.fun that belong to a wallet: what there is, and the transaction by which the wallet collects it. */
@Injectable()
export class CreatorFees {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly chain: Chain,
  ) {
    this.verifySigned = actions.define('pumpfun.claim', CreatorFeeClaimParams);
  }

  /** @throws DomainError `token_not_supported`, `rpc_unavailable` */
  async show(wallet: string, tokenMint: string | undefined): Promise<CreatorFeesDto> {
    const { found, amounts } = await this.find(wallet, tokenMint);
    return view(wallet, tokenMint, found, amounts);
  }

  /** @throws DomainError `invalid_signature`, `nothing_to_claim`, `token_not_supported`, `rpc_unavailable` */
  async claim({ tokenMint, ...signed }: CreatorFeeClaimBody): Promise<ClaimDto> {
    const { wallet } = signed;
    await this.verifySigned(signed, tokenMint === undefined ? {} : { tokenMint });
    const { found, amounts } = await this.find(wallet, tokenMint);
    if (amounts.total === 0n) throw nothingToClaim(wallet);
    const [lease, price] = await Promise.all([
      this.chain.latestBlockhash(),
      this.chain.priorityFee([wallet]),
    ]);
    const plan = {
      wallet,
      fromCurves: amounts.curveVault > 0n,
      fromPools: amounts.poolVault > 0n,
      ...sweeps(tokenMint, found),
      blockhash: lease.blockhash,
      computeUnitPriceMicroLamports: price,
    };
    const transaction = compileClaim({ ...plan, computeUnitLimit: await this.unitsOf(plan) });
    return {
      ...view(wallet, tokenMint, found, amounts),
      transaction: Buffer.from(transaction).toString('base64'),
      lastValidBlockHeight: Number(lease.lastValidBlockHeight),
    };
  }

  /** By a simulation; null where it fails: the wallet simulates again before it signs, and shows why. */
  private async unitsOf(plan: Omit<ClaimPlan, 'computeUnitLimit'>): Promise<number | null> {
    const simulated = await this.chain.simulateFirst(
      compileClaimMessage({ ...plan, computeUnitLimit: null }),
    );
    return simulated.ok ? unitsAfter(simulated.unitsConsumed) : null;
  }

  private async find(wallet: string, tokenMint: string | undefined) {
    const [found, rentMinimum] = await Promise.all([
      this.chain.shownCreatorFees(wallet, tokenMint ?? null),
      this.chain.rentExemptMinimum(),
    ]);
    if (found.problem !== null)
      throw new DomainError(
        'token_not_supported',
        `The creator fees of token ${tokenMint ?? ''} cannot be read: ${found.problem}. Ask without it for the vaults alone.`,
      );
    return { found, amounts: claimable(found, rentMinimum) };
  }
}

function sweeps(tokenMint: string | undefined, { onCurve, inPool, poolQuoteAccount }: Found) {
  const mint = tokenMint ?? null;
  const hasPool = mint !== null && inPool > 0n && poolQuoteAccount !== null;
  return {
    sweptCurve: onCurve > 0n ? mint : null,
    sweptPool: hasPool ? { mint, quoteAccount: poolQuoteAccount } : null,
  };
}

function view(
  wallet: string,
  tokenMint: string | undefined,
  { slot }: Found,
  amounts: Claimable,
): CreatorFeesDto {
  return {
    wallet,
    ...(tokenMint === undefined ? {} : { tokenMint }),
    claimableLamports: toJsonLamports(amounts.total),
    curveVaultLamports: toJsonLamports(amounts.curveVault),
    poolVaultLamports: toJsonLamports(amounts.poolVault),
    waitingOnCurveLamports: toJsonLamports(amounts.onCurve),
    waitingInPoolLamports: toJsonLamports(amounts.inPool),
    slot: Number(slot),
  };
}

function nothingToClaim(wallet: string): DomainError {
  return new DomainError(
    'nothing_to_claim',
    `Wallet ${wallet} has no creator fees to collect. What waits in a coin's own accounts counts when its tokenMint is named.`,
  );
}
