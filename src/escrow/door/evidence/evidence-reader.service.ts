import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { canonicalJson } from '#src/common/text/canonical-json.js';
import type { GatheredMarks } from '#src/marks/gathered-marks.js';
import { Marks } from '#src/marks/marks.service.js';
import { Clock } from '#src/common/clock.js';
import { ActHeads } from '#src/signed-messages/act-heads.service.js';
import { readSignedAct, type ReadAct } from '#src/signed-messages/signed-act.js';
import type { SignedAct } from '#src/signed-messages/signed-act.entity.js';
import { actFact } from '#src/signed-messages/signed-acts.service.js';
import { CHANGE_ACTION } from '#src/escrow/door/acts/changed-destination.js';
import { LAUNCH_ACTION } from '#src/escrow/door/acts/launch.js';
import { AttemptCounts } from './attempt-counts.service.js';
import { PauseHead } from './pause-head.service.js';
import type {
  Claim,
  Evidence,
  ProvenAct,
  ProvenDistribution,
  ProvenRound,
} from '#src/escrow/door/facts/evidence.js';
import { type CommitmentRow, EvidenceRepository, type StoredEvidence } from './evidence.repository.js';
import {
  attemptFact,
  bindingFact,
  distributionFact,
  paidFact,
  payoutFact,
  type PlannedAttempt,
  type Resolved,
  resolutionFact,
} from '#src/escrow/door/facts/facts.js';
import { roundFact } from '#src/escrow/door/facts/failure-facts.js';
import { type Unlocked, unlockFact } from '#src/escrow/door/facts/facts.js';
import { adminsOf, type SortedActs, sortVoided } from '#src/escrow/door/acts/voided-acts.js';

const MAX_REMEMBERED = 50_000;
/** Acts of admins that count without a payout. */
const COUNTED_ALONE: readonly string[] = [CHANGE_ACTION, LAUNCH_ACTION];

export type ClaimQuestion = { readonly payoutId: string } | { readonly attemptId: string };

/** Null: there is none, the commitment has no escrow, or this server has not planned the attempt as it stands. */
export interface EvidenceOfClaim {
  readonly claim: Claim | null;
  readonly evidence: Evidence | null;
  readonly attempt: PlannedAttempt | null;
}

/** Reads the evidence of one commitment and verifies every piece of it: signatures by the wallets, marks by this server. */
@Injectable()
export class EvidenceReader {
  /** Acts whose signature was verified in this process, by their own bytes: the first look at old evidence is the dear one. */
  private readonly known = new Map<string, ReadAct>();

  constructor(
    private readonly rows: EvidenceRepository,
    private readonly marks: Marks,
    private readonly attempts: AttemptCounts,
    private readonly heads: ActHeads,
    private readonly pauses: PauseHead,
    private readonly settings: Settings,
    private readonly allowlist: Allowlist,
    private readonly clock: Clock,
  ) {}

  /**
   * Only what tells who the commitment belongs to.
   * @returns null when there is no such commitment, or it has no escrow
   */
  async of(manager: EntityManager, commitmentId: string): Promise<Evidence | null> {
    await this.marks.write(manager);
    const known = this.pauses.known;
    return this.read(manager, await this.rows.find(manager, { commitmentId }), known);
  }

  /** For what a payout asks for, or the one of an attempt. */
  async ofClaim(manager: EntityManager, question: ClaimQuestion): Promise<EvidenceOfClaim> {
    await this.marks.write(manager);
    const known = this.pauses.known;
    const stored = await this.rows.find(manager, question);
    const { claim, attempt } = stored;
    const marks = this.marks.gathered(manager, stored.marks);
    const isPlanned = attempt !== null && (await marks.proves(attemptFact(attempt)));
    const evidence = claim === null ? null : await this.read(manager, stored, known);
    return { claim, evidence, attempt: isPlanned ? attempt : null };
  }

  /** @param knownPause the newest one that this process knew before it read */
  private async read(
    manager: EntityManager,
    stored: StoredEvidence,
    knownPause: number,
  ): Promise<Evidence | null> {
    const { commitment: row, claim, acts } = stored;
    if (row === null) return null;
    const { id: commitmentId } = row;
    const forged: string[] = [];
    const marks = this.marks.gathered(manager, stored.marks);
    const mayFail = claim !== null && row.terms.kind === 'creator_reward';
    return {
      commitmentId,
      escrow: row.address,
      terms: row.terms,
      termsHash: createHash('sha256').update(canonicalJson(row.terms)).digest('hex'),
      messageHash: row.messageHash,
      excludedWallets: row.excludedWallets,
      isBound: await marks.proves(bindingFact({ commitmentId, ...row })),
      knowsActs: await this.heads.isComplete(commitmentId, acts, marks),
      admins: this.settings.env.ADMIN_WALLET_PUBKEYS,
      readAt: this.clock.now(),
      ...(await this.counted(manager, await this.proven(marks, acts, forged), stored)),
      isDecided: claim !== null && (await marks.proves(payoutFact(claim))),
      knowsAttempts: claim !== null && (await this.attempts.isComplete(claim.id, stored.attempts, marks)),
      knowsPauses:
        claim !== null && (await this.pauses.isKept(manager, stored.pauses, stored.marks, knownPause)),
      resolution: claim === null ? null : await this.resolution(marks, commitmentId, row, forged),
      unlock: await this.unlock(marks, stored, forged),
      distribution: mayFail ? await this.distribution(marks, stored, forged) : null,
      rounds: mayFail ? await this.rounds(marks, stored, forged) : [],
      paid: await this.paid(marks, stored, forged),
      forged,
    };
  }

  /** Without what a revocation has voided. */
  private async counted(
    manager: EntityManager,
    acts: readonly ProvenAct[],
    { claim, revocations: rows, attempts }: StoredEvidence,
  ): Promise<SortedActs> {
    if (claim === null && !acts.some(({ act }) => COUNTED_ALONE.includes(act.action)))
      return { acts, voided: [] };
    const revocations = await this.allowlist.countedOf(manager, rows, adminsOf(acts));
    return sortVoided(acts, revocations, claim, attempts.signed > 0);
  }

  private async proven(
    marks: GatheredMarks,
    stored: readonly SignedAct[],
    forged: string[],
  ): Promise<ProvenAct[]> {
    const facts = stored.map(actFact);
    const unproven = new Set((await marks.unproven(facts)).map(({ id }) => id));
    return stored.flatMap((row) => {
      const { id, acceptedAt, chainTime, action } = row;
      if (unproven.has(id)) forged.push(`act ${id} (${action}) was not accepted by this server as it stands`);
      const act = unproven.has(id) ? null : this.readOnce(row, forged);
      return act === null ? [] : [{ id, act, acceptedAt, chainTime }];
    });
  }

  private readOnce(row: SignedAct, forged: string[]): ReadAct | null {
    const key = createHash('sha256')
      .update(`${row.envelope}\n${row.signature}\n${row.text}`)
      .digest('base64');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const reading = readSignedAct(row, this.settings.knownHosts);
    if ('refusal' in reading) {
      forged.push(`act ${row.id} (${row.action}) is no evidence: ${reading.refusal}`);
      return null;
    }
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(key, reading.act);
    return reading.act;
  }

  private async resolution(
    marks: GatheredMarks,
    commitmentId: string,
    { resolution, resolvedByChainTime: chainTime }: CommitmentRow,
    forged: string[],
  ): Promise<Resolved | null> {
    if (resolution === null || chainTime === null) return null;
    const resolved = { commitmentId, resolution, chainTime };
    if (await marks.proves(resolutionFact(resolved))) return resolved;
    forged.push(
      `the ${resolution} of commitment ${commitmentId} was not decided by this server as it stands`,
    );
    return null;
  }

  private async unlock(
    marks: GatheredMarks,
    { claim, unlock: row }: StoredEvidence,
    forged: string[],
  ): Promise<Unlocked | null> {
    if (claim?.subjectId == null || row === null) return null;
    const { subjectId: milestoneId, commitmentId } = claim;
    const unlock = { milestoneId, commitmentId, ...row };
    if (await marks.proves(unlockFact(unlock))) return unlock;
    forged.push(`milestone ${milestoneId} was not unlocked by this server with these approvals and weights`);
    return null;
  }

  private async distribution(
    marks: GatheredMarks,
    { distribution: found }: StoredEvidence,
    forged: string[],
  ): Promise<ProvenDistribution | null> {
    if (found === null) return null;
    const { distribution, shares } = found;
    if (await marks.proves(distributionFact(distribution, shares))) return found;
    forged.push(
      `the distribution of commitment ${distribution.commitmentId} was not frozen by this server with these shares`,
    );
    return null;
  }

  private async rounds(
    marks: GatheredMarks,
    { rounds }: StoredEvidence,
    forged: string[],
  ): Promise<ProvenRound[]> {
    const facts = rounds.map(({ round, shares }) => roundFact(round, shares));
    const unproven = new Set((await marks.unproven(facts)).map(({ id }) => id));
    for (const id of unproven) forged.push(`round ${id} was not frozen by this server with these shares`);
    return rounds.filter((_, index) => !unproven.has(facts[index]?.id ?? ''));
  }

  private async paid(
    marks: GatheredMarks,
    { claim, paid: ids }: StoredEvidence,
    forged: string[],
  ): Promise<Set<string>> {
    if (claim === null) return new Set();
    const unproven = new Set((await marks.unproven(ids.map(paidFact))).map(({ id }) => id));
    for (const id of unproven) forged.push(`payout ${id} was not seen as paid by this server`);
    return new Set(ids.filter((id) => !unproven.has(id)));
  }
}
