import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { LAUNCH_KINDS } from '#src/pumpfun/operations/operation.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';
import { operationView } from '#src/pumpfun/operations/pump-operation.dto.js';
import { launchNotFound } from './launch.errors.js';
import { LaunchRepository } from './launch.repository.js';
import type { LaunchDto } from './launches.dto.js';

/** Launches, to show. */
@Injectable()
export class LaunchViews {
  constructor(
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly launches: LaunchRepository,
    private readonly operations: OperationRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `commitment_not_found`, `launch_not_found` */
  async show(id: string): Promise<LaunchDto> {
    const { manager } = this.transactions;
    const { id: commitmentId, tokenMint, wallet, creatorFeeMode } = await this.commitments.get(id);
    const launch = await this.launches.find(manager, commitmentId);
    if (launch === null || tokenMint === null) throw launchNotFound(commitmentId);
    const found = await this.operations.findPage(manager, commitmentId, LAUNCH_KINDS, LAUNCH_KINDS.length);
    const { name, symbol, uri, buyTokens, buyMostLamports } = launch;
    return {
      commitmentId,
      mint: tokenMint,
      creator: creatorFeeMode === 'managed' ? await this.escrows.addressOf(commitmentId) : wallet,
      name,
      symbol,
      uri,
      ...(buyTokens === null ? {} : { buyTokens: Number(buyTokens) }),
      ...(buyMostLamports === null ? {} : { buyMostLamports: Number(buyMostLamports) }),
      steps: LAUNCH_KINDS.flatMap((kind) => found.filter((one) => one.kind === kind).map(operationView)),
    };
  }
}
