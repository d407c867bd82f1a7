import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { type CollectPlan, compileCollect } from '#src/chain/pump/collect-transaction.js';
import { unitsAfter } from '#src/chain/pump/compute-units.js';
import { explainFailure } from '#src/chain/pump/program-errors.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { type CollectChoice, CollectDoor } from '#src/escrow/door/collect-door.service.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import type { OperationAttempt } from '#src/pumpfun/operations/operation-attempt.entity.js';
import type { Gained, OperationWork, Planned } from '#src/pumpfun/operations/operation-work.js';
import { OperationWorks } from '#src/pumpfun/operations/operation-works.service.js';
import { EscrowFeesReader, type EscrowFees } from './escrow-fees-reader.service.js';
import { gainOf, NO_FEE_PAYER, orderOf } from './collect-order.js';

/** Sweeps and collects the creator fees of a managed commitment into its escrow. */
@Injectable()
export class CollectWork implements OperationWork, OnModuleInit {
  readonly kind = 'collect';

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
    if (tokenMint === null) return { over: 'the commitment has no token' };
    const fees = await this.fees.read(operation.commitmentId, tokenMint);
    if (fees.chosen === null)
      return { over: 'what can be collected is below the minimum: somebody else has collected' };
    const [lease, price] = await Promise.all([
      this.chain.latestBlockhash(),
      this.chain.priorityFee([fees.escrow, feePayer]),
    ]);
    const draft = draftOf(operation, tokenMint, fees, { feePayer, price, blockhash: lease.blockhash });
    const simulated = await this.chain.simulate(compileCollect({ ...draft, computeUnitLimit: null }));
    if (!simulated.ok) return { wait: `the collection would fail: ${explainFailure(simulated)}` };
    const computeUnitLimit = unitsAfter(simulated.unitsConsumed);
    const message = compileCollect({ ...draft, computeUnitLimit });
    const { fromCurves, fromPools, sweepsCurve, poolQuoteAccount } = fees.chosen;
    const choice: CollectChoice = {
      fromCurves,
      fromPools,
      sweepsCurve,
      poolQuoteAccount,
      computeUnitLimit,
      computeUnitPriceMicroLamports: price.toString(),
    };
    return { plan: { message, feePayer, lease, choice } };
  }

  sign(operation: Operation, attempt: OperationAttempt): Promise<Map<string, Uint8Array>> {
    return this.door.signCollect(orderOf(operation, attempt), attempt.plan as CollectChoice);
  }

  async gained(operation: Operation, signature: string): Promise<Gained> {
    return gainOf(this.chain, await this.fees.escrowOf(operation.commitmentId), signature);
  }
}

function draftOf(
  { id }: Operation,
  mint: string,
  { escrow, found, chosen }: EscrowFees,
  {
    feePayer,
    price,
    blockhash,
  }: { readonly feePayer: string; readonly price: bigint; readonly blockhash: string },
): Omit<CollectPlan, 'computeUnitLimit'> {
  const quoteAccount = chosen?.poolQuoteAccount ?? null;
  return {
    escrow,
    feePayer,
    memo: id,
    blockhash,
    fromCurves: chosen?.fromCurves ?? false,
    fromPools: chosen?.fromPools ?? false,
    sweptCurve: found.onCurve > 0n && chosen?.sweepsCurve === true ? mint : null,
    sweptPool: quoteAccount === null ? null : { mint, quoteAccount },
    computeUnitPriceMicroLamports: price,
  };
}
