import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { explainFailure } from '#src/chain/pump/program-errors.js';
import { TRANSFER_COMPUTE_UNIT_LIMIT } from '#src/chain/signing/transfer-transaction.js';
import { compileUnwrap } from '#src/chain/signing/unwrap-transaction.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { CollectDoor } from '#src/escrow/door/collect-door.service.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import type { OperationAttempt } from '#src/pumpfun/operations/operation-attempt.entity.js';
import type { Gained, OperationWork, Planned } from '#src/pumpfun/operations/operation-work.js';
import { OperationWorks } from '#src/pumpfun/operations/operation-works.service.js';
import { EscrowFeesReader } from './escrow-fees-reader.service.js';
import { gainOf, NO_FEE_PAYER, orderOf } from './collect-order.js';

/** Turns the wrapped SOL that came from pools into SOL of the escrow. */
@Injectable()
export class UnwrapWork implements OperationWork, OnModuleInit {
  readonly kind = 'unwrap';

  constructor(
    private readonly works: OperationWorks,
    private readonly fees: EscrowFeesReader,
    private readonly commitments: Commitments,
    private readonly door: CollectDoor,
    private readonly chain: Chain,
  ) {}

  onModuleInit(): void {
    this.works.define(this);
  }

  async plan(operation: Operation): Promise<Planned> {
    const feePayer = this.door.payer;
    if (feePayer === null) return { wait: NO_FEE_PAYER };
    const { tokenMint } = await this.commitments.get(operation.commitmentId);
    const { escrow, found } = await this.fees.read(operation.commitmentId, tokenMint ?? '');
    if (found.ownWrapped === 0n) return { over: 'the escrow holds no wrapped SOL any more' };
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
    return gainOf(this.chain, await this.fees.escrowOf(operation.commitmentId), signature);
  }
}
