import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { DomainError } from '#src/common/errors/errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { commitmentNotFound, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import { type FeeRouting, feeRouting, unmanageable } from './fee-routing.js';
import { feeRoutingView } from './fee-routing.view.js';
import type { FeeRoutingDto } from './fee-routing.dto.js';

/** Whether the creator fees of tokens reach escrows: told by the chain alone, never by who has launched a token. */
@Injectable()
export class FeeRoutings {
  constructor(
    private readonly chain: Chain,
    private readonly escrows: Escrows,
    private readonly commitments: CommitmentRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Asked of the chain now; nothing is written. @throws DomainError `commitment_not_found`, `wrong_kind`, `rpc_unavailable` */
  async show(commitmentId: string): Promise<FeeRoutingDto> {
    const commitment = await this.commitments.findById(this.transactions.manager, commitmentId);
    if (commitment === null) throw commitmentNotFound(commitmentId);
    const { tokenMint, creatorFeeMode } = commitment;
    if (tokenMint === null || creatorFeeMode === null) throw wrongKind(commitment, 'fee routing');
    const { slot, routing, escrow } = await this.ask(commitmentId, tokenMint);
    return feeRoutingView({ commitmentId, tokenMint, creatorFeeMode, escrow, slot }, routing);
  }

  /** What the chain says now. @throws DomainError `rpc_unavailable` */
  async ask(
    commitmentId: string,
    tokenMint: string,
  ): Promise<{ readonly slot: bigint; readonly escrow: string; readonly routing: FeeRouting }> {
    const [coin, escrow] = await Promise.all([
      this.chain.shownPumpCoin(tokenMint),
      this.escrows.addressOf(commitmentId),
    ]);
    return { slot: coin.slot, escrow, routing: feeRouting(coin, escrow) };
  }

  /** A commitment in managed mode needs fees that can be routed to its escrow. @throws DomainError `fees_not_manageable`, `rpc_unavailable` */
  async requireManageable(tokenMint: string): Promise<void> {
    const why = unmanageable(await this.chain.shownPumpCoin(tokenMint));
    if (why === null) return;
    throw new DomainError(
      'fees_not_manageable',
      `The creator fees of token ${tokenMint} can never reach an escrow: ${why}. Create the commitment in assisted mode.`,
      { tokenMint },
    );
  }
}
