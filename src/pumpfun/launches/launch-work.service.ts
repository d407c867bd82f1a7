import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { unitsAfter } from '#src/chain/pump/compute-units.js';
import { compileLaunch, type LaunchParties } from '#src/chain/pump/launch/launch-messages.js';
import { MAX_TRANSACTION_BYTES, transactionBytes } from '#src/chain/pump/launch/launch-transactions.js';
import { explainFailure } from '#src/chain/pump/program-errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { type LaunchChoice, launchParties } from '#src/escrow/door/acts/launch.js';
import { LaunchDoor } from '#src/escrow/door/launch-door.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { operationIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { LaunchKind } from '#src/pumpfun/operations/operation.js';
import type { OperationAttempt } from '#src/pumpfun/operations/operation-attempt.entity.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import { OperationRepository } from '#src/pumpfun/operations/operation.repository.js';
import type { Gained, Planned } from '#src/pumpfun/operations/operation-work.js';
import { OperationWorks } from '#src/pumpfun/operations/operation-works.service.js';
import { differenceOf } from './launched-coin.js';
import { noLaunchPayer } from './launch.errors.js';
import type { LaunchRow } from './launch-row.entity.js';
import { LaunchRepository } from './launch.repository.js';

/** Both transactions of a launch: the creation of the coin, and the purchase that waits for it. */
@Injectable()
export class LaunchWork implements OnModuleInit {
  constructor(
    private readonly works: OperationWorks,
    private readonly launches: LaunchRepository,
    private readonly operations: OperationRepository,
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly door: LaunchDoor,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    const sign = (operation: Operation, attempt: OperationAttempt) => this.sign(operation, attempt);
    this.works.define({
      kind: 'create',
      plan: (operation) => this.plan('create', operation, async () => ({})),
      sign,
      gained: (operation) => this.created(operation),
    });
    this.works.define({
      kind: 'buy',
      plan: async (operation) =>
        (await this.beforePurchase(operation)) ??
        this.plan('buy', operation, async () => {
          const feeRecipient = await this.chain.pumpFeeRecipient();
          return feeRecipient === null ? null : { feeRecipient };
        }),
      sign,
      // It is the fee payer that buys, and no escrow that gains.
      gained: async () => 0n,
    });
  }

  /** @param more what the chain has to tell beside the ordinary; null where it does not */
  private async plan(
    kind: LaunchKind,
    { commitmentId }: Operation,
    more: () => Promise<Pick<LaunchChoice, 'feeRecipient'> | null>,
  ): Promise<Planned> {
    const feePayer = this.door.payer;
    if (feePayer === null) return { wait: noLaunchPayer().message };
    const { status } = await this.commitments.get(commitmentId);
    if (status !== 'active') return { over: `the commitment is ${status}` };
    const [launch, parties] = await this.partsOf(commitmentId, feePayer);
    const [lease, price, told] = await Promise.all([
      this.chain.latestBlockhash(),
      this.chain.priorityFee([feePayer, parties.mint]),
      more(),
    ]);
    if (told === null) return { wait: "this cluster's pump.fun does not say who takes its fees" };
    const choice = { computeUnitPriceMicroLamports: price.toString(), ...told };
    const compile = (computeUnitLimit: number | null) =>
      compileLaunch(kind, launch, parties, { ...choice, computeUnitLimit }, lease.blockhash);
    const simulated = await this.chain.simulate(compile(null));
    if (!simulated.ok) return { wait: `the ${kind} would fail: ${explainFailure(simulated)}` };
    const computeUnitLimit = unitsAfter(simulated.unitsConsumed);
    const message = compile(computeUnitLimit);
    const bytes = transactionBytes(message);
    if (bytes > MAX_TRANSACTION_BYTES)
      return { wait: `the ${kind} has ${bytes} bytes, too many for a packet` };
    return { plan: { message, feePayer, lease, choice: { ...choice, computeUnitLimit } } };
  }

  private async sign(operation: Operation, attempt: OperationAttempt): Promise<Map<string, Uint8Array>> {
    const launch = await this.launchOf(operation.commitmentId);
    const kind = operation.kind === 'buy' ? 'buy' : 'create';
    const order = { ...attempt, kind, message: new Uint8Array(attempt.message) } as const;
    return this.door.sign(order, launch, attempt.plan as LaunchChoice);
  }

  /** Null when the coin is there. */
  private async beforePurchase({ commitmentId }: Operation): Promise<Planned | null> {
    const id = operationIdOf(commitmentId, 'create', 0);
    const creation = await this.operations.find(this.transactions.manager, id);
    if (creation?.status === 'done') return null;
    const ended = creation === null || creation.status === 'stopped' || creation.status === 'cancelled';
    return ended ? { over: 'the coin was not created' } : { later: 'the coin to be created' };
  }

  /** Done only once every later reader finds the coin, and finds it as the creator has signed for it. */
  private async created({ commitmentId }: Operation): Promise<Gained> {
    const { terms, tokenMint } = await this.commitments.get(commitmentId);
    if (terms.kind !== 'creator_reward' || tokenMint === null)
      throw new Error(`commitment ${commitmentId} is about no token`);
    const token = await this.chain.tokenMint(tokenMint);
    const difference = token === null ? 'it cannot be read yet' : differenceOf(terms, token);
    return difference === null ? 0n : { wait: `coin ${tokenMint}: ${difference}` };
  }

  private async partsOf(commitmentId: string, user: string): Promise<readonly [LaunchRow, LaunchParties]> {
    const [launch, { terms }, escrow] = await Promise.all([
      this.launchOf(commitmentId),
      this.commitments.get(commitmentId),
      this.escrows.addressOf(commitmentId),
    ]);
    const parties = launchParties(terms, escrow, user);
    if (parties === null) throw new Error(`commitment ${commitmentId} is about no token`);
    return [launch, parties];
  }

  private async launchOf(commitmentId: string): Promise<LaunchRow> {
    const launch = await this.launches.find(this.transactions.manager, commitmentId);
    if (launch === null) throw new Error(`commitment ${commitmentId} has no launch`);
    return launch;
  }
}
