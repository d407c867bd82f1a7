import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { nothingToResolve, oneWitnessTooEarly } from '#src/releases/payouts/payout.errors.js';
import { Payouts } from '#src/releases/payouts/payouts.service.js';
import { AttemptProofs } from './attempt-proofs.service.js';
import { type Resolution, resolutionOf } from './payout-resolution.js';
import { witnessView } from './resolution.view.js';
import { ResolveActParams, type ResolutionDto } from './resolutions.dto.js';

const ONE_WITNESS_AFTER_MS = 24 * 3_600_000;

/** What one look has found out. */
interface Found {
  readonly resolution: Resolution;
  readonly shown: Omit<ResolutionDto, 'outcome' | 'reason' | 'payout'>;
}

/** For a payout whose transaction has vanished, or of which nobody could say what became of it: an admin has it decided. */
@Injectable()
export class PayoutResolutions implements OnModuleInit {
  constructor(
    private readonly payouts: Payouts,
    private readonly proofs: AttemptProofs,
    private readonly ledger: PayoutBookings,
    private readonly acts: AdminActs,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.payout.resolve',
      params: ResolveActParams,
      subject: async ({ payoutId }) => (await this.payouts.live(payoutId)).payout.commitmentId,
    });
  }

  /**
   * Runs the proof, and books what it says: paid, or dead and to be paid again. Undecided, nothing is changed.
   * @throws DomainError `payout_not_found`, `nothing_to_resolve`, `one_witness_too_early`, `rpc_unavailable`
   */
  async resolve(act: AdminAct<ResolveActParams>): Promise<ResolutionDto> {
    const { payoutId, witnesses } = act.given;
    const { payout, attempt, all } = await this.payouts.live(payoutId);
    if (attempt === null || !['signed', 'confirmed'].includes(attempt.status))
      throw nothingToResolve(payoutId, payout.status);
    const oneWitness = witnesses === 'one';
    const signedAt = attempt.signedAt ?? attempt.createdAt;
    const earliest = new Date(signedAt.getTime() + ONE_WITNESS_AFTER_MS);
    if (oneWitness && this.clock.now() < earliest) throw oneWitnessTooEarly(payoutId, earliest);
    const { resolution, shown } = await this.look(payout, attempt, all, oneWitness);
    await this.record(act, payout, attempt, resolution);
    await this.book(payout, attempt, resolution);
    const reason = resolution.outcome === 'undecided' ? { reason: resolution.reason } : {};
    return { outcome: resolution.outcome, ...reason, ...shown, payout: await this.payouts.show(payoutId) };
  }

  private async look(
    payout: Payout,
    attempt: PayoutAttempt,
    all: readonly PayoutAttempt[],
    oneWitness: boolean,
  ): Promise<Found> {
    const { signature = '', signatures, lastValidBlockHeight } = this.proofs.questionAbout(attempt, all);
    const landing = await this.proofs.landing(attempt);
    const finding = await this.proofs.death(attempt, all, oneWitness);
    const found = resolutionOf({ signature, signatures }, landing, finding, oneWitness);
    const doubt =
      found.outcome === 'dead' && finding.verdict === 'dead'
        ? await this.proofs.balanceDoubt(payout, [attempt], finding.slot)
        : null;
    const index = signatures.indexOf(signature);
    return {
      resolution: doubt === null ? found : { outcome: 'undecided', reason: doubt },
      shown: {
        signature,
        lastValidBlockHeight: Number(lastValidBlockHeight),
        witnesses: finding.witnesses.map((witness) => witnessView(witness, index)),
      },
    };
  }

  /** The act is used up only by what it has decided. */
  private async record(
    act: AdminAct<ResolveActParams>,
    payout: Payout,
    { number, signature }: PayoutAttempt,
    resolution: Resolution,
  ): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (resolution.outcome !== 'undecided') await this.acts.record(manager, act);
      await this.audit.record(manager, {
        event: 'admin_payout_resolve_ok',
        commitmentId: payout.commitmentId,
        payoutId: payout.id,
        ...(signature === null ? {} : { signature }),
        fields: {
          attempt: number,
          witnesses: act.given.witnesses,
          outcome: resolution.outcome,
          ...(resolution.outcome === 'undecided' ? { reason: resolution.reason } : {}),
        },
      });
    });
  }

  /** Each step is conditional: the driver may have been faster with the same. */
  private async book(payout: Payout, attempt: PayoutAttempt, resolution: Resolution): Promise<void> {
    if (resolution.outcome === 'undecided') return;
    if (resolution.outcome === 'dead') {
      await this.ledger.dead(payout, attempt, resolution);
      return;
    }
    if (attempt.status === 'signed') await this.ledger.confirmed(payout, attempt, resolution);
    if (resolution.state === 'finalized') await this.ledger.finalized(payout, attempt);
  }
}
