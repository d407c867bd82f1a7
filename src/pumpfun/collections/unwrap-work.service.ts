import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { explainFailure } from '#src/chain/pump/program-errors.js';
import { TRANSFER_COMPUTE_UNIT_LIMIT } from '#src/chain/signing/transfer-transaction.js';
import { compileUnwrap } from '#src/chain/signing/unwrap-transaction.js';
import { CollectDoor } from '#src/escrow/door/collect-door.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import type { OperationAttempt } from '#src/pumpfun/operations/operation-attempt.entity.js';
import type { Gained, OperationWork, Planned } from '#src/pumpfun/operations/operation-work.js';
import { OperationWorks } from '#src/pumpfun/operations/operation-works.service.js';
import { WrappedSol } from './wrapped-sol.service.js';
import { gainOf, NO_FEE_PAYER, orderOf } from './collect-order.js';

/** Turns the wrapped SOL in an escrow's own account into SOL of the escrow. */
@Injectable()
export class UnwrapWork implements OperationWork, OnModuleInit {
  readonly kind = 'unwrap';

  constructor(
    private readonly works: OperationWorks,
    private readonly escrows: Escrows,
    private readonly wrapped: WrappedSol,
    private readonly door: CollectDoor,
    private readonly chain: Chain,
  ) {}

  onModuleInit(): void {
    this.works.define(this);
  }

  async plan(operation: Operation): Promise<Planned> {
    const feePayer = this.door.payer;
    if (feePayer === null) return { wait: NO_FEE_PAYER };
    const escrow = await this.escrows.addressOf(operation.commitmentId);
    if ((await this.wrapped.heldBy(escrow)) === 0n)
      return { over: 'the escrow holds no wrapped SOL any more' };
    const [lease, price] = await Promise.all([
      this.chain.latestBlockhash(),
      this.chain.priorityFee([escrow, feePayer]),
    ]);
    const message = compileUnwrap({
      source: escrow,
      feePayer,
      memo: operation.id,
      blockhash: lease.blockhash,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: price,
    });
    const simulated = await this.chain.simulate(message);
    if (!simulated.ok) return { wait: `unwrapping would fail: ${explainFailure(simulated)}` };
    return { plan: { message, feePayer, lease, choice: {} } };
  }

  sign(operation: Operation, attempt: OperationAttempt): Promise<Map<string, Uint8Array>> {
    return this.door.signUnwrap(orderOf(operation, attempt));
  }

  async gained(operation: Operation, signature: string): Promise<Gained> {
    return gainOf(this.chain, await this.escrows.addressOf(operation.commitmentId), signature);
  }
}
