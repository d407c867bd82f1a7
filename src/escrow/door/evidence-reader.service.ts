import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { canonicalJson } from '#src/common/text/canonical-json.js';
import type { GatheredMarks } from '#src/marks/gathered-marks.js';
import { Clock } from '#src/common/clock.js';
import { ActHeads } from '#src/signed-messages/act-heads.service.js';
import { readSignedAct, type ReadAct } from '#src/signed-messages/signed-act.js';
import type { SignedAct } from '#src/signed-messages/signed-act.entity.js';
import { actFact, SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { CHANGE_ACTION } from './changed-destination.js';
import { AttemptCounts } from './attempt-counts.service.js';
import type { Claim, Evidence, ProvenAct, ProvenDistribution } from './evidence.js';
import { EvidenceMarks } from './evidence-marks.service.js';
import { type CommitmentRow, EvidenceRepository } from './evidence.repository.js';
import {
  bindingFact,
  distributionFact,
  paidFact,
  payoutFact,
  type Resolved,
  resolutionFact,
} from './facts.js';
import { type Unlocked, unlockFact } from './facts.js';
import { adminsOf, type SortedActs, sortVoided } from './voided-acts.js';

const MAX_REMEMBERED = 50_000;

/** Reads the evidence of one commitment and verifies every piece of it: signatures by the wallets, marks by this server. */
@Injectable()
export class EvidenceReader {
  /** Acts whose signature was verified in this process, by their own bytes: the first look at old evidence is the dear one. */
  private readonly read = new Map<string, ReadAct>();

  constructor(
    private readonly rows: EvidenceRepository,
    private readonly acts: SignedActs,
    private readonly marks: EvidenceMarks,
    private readonly attempts: AttemptCounts,
    private readonly heads: ActHeads,
    private readonly settings: Settings,
    private readonly allowlist: Allowlist,
    private readonly clock: Clock,
  ) {}

  /**
   * @param claim the payout that it is for; null: only what tells who the commitment belongs to
   * @returns null when there is no such commitment, or it has no escrow
   */
  async of(manager: EntityManager, commitmentId: string, claim: Claim | null): Promise<Evidence | null> {
    const row = await this.rows.findCommitment(manager, commitmentId);
    if (row === null) return null;
    const forged: string[] = [];
    const withApprovals = claim?.purpose === 'milestone_release';
    const stored = await this.acts.of(manager, commitmentId, withApprovals);
    const mayFail = claim !== null && row.terms.kind === 'creator_reward';
    const marks = await this.marks.of(manager, commitmentId, claim, withApprovals);
    return {
      commitmentId,
      escrow: row.address,
      terms: row.terms,
      termsHash: createHash('sha256').update(canonicalJson(row.terms)).digest('hex'),
      messageHash: row.messageHash,
      excludedWallets: row.excludedWallets,
      isBound: await marks.proves(bindingFact({ commitmentId, ...row })),
      knowsActs: await this.heads.isComplete(commitmentId, stored, marks),
      admins: this.settings.env.ADMIN_WALLET_PUBKEYS,
      readAt: this.clock.now(),
      ...(await this.counted(manager, await this.proven(marks, stored, forged), claim)),
      isDecided: claim !== null && (await marks.proves(payoutFact(claim))),
      knowsAttempts: claim !== null && (await this.attempts.isComplete(manager, claim.id, marks)),
      resolution: claim === null ? null : await this.resolution(marks, commitmentId, row, forged),
      unlock: withApprovals ? await this.unlock(manager, marks, claim, forged) : null,
      distribution: mayFail ? await this.distribution(manager, marks, commitmentId, forged) : null,
      paid: claim === null ? new Set() : await this.paid(manager, marks, commitmentId, forged),
      forged,
    };
  }

  /** Without what a revocation has voided. */
  private async counted(
    manager: EntityManager,
    acts: readonly ProvenAct[],
    claim: Claim | null,
  ): Promise<SortedActs> {
    if (claim === null && acts.every(({ act }) => act.action !== CHANGE_ACTION)) return { acts, voided: [] };
    const revocations = await this.allowlist.revocationsOf(manager, adminsOf(acts));
    if (revocations.length === 0) return { acts, voided: [] };
    if (claim === null) return sortVoided(acts, revocations, null, false);
    return sortVoided(acts, revocations, claim, await this.rows.hasSigned(manager, claim.id));
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
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const reading = readSignedAct(row, this.settings.knownHosts);
    if ('refusal' in reading) {
      forged.push(`act ${row.id} (${row.action}) is no evidence: ${reading.refusal}`);
      return null;
    }
    if (this.read.size >= MAX_REMEMBERED) this.read.clear();
    this.read.set(key, reading.act);
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
    manager: EntityManager,
    marks: GatheredMarks,
    { subjectId: milestoneId, commitmentId }: Claim,
    forged: string[],
  ): Promise<Unlocked | null> {
    if (milestoneId === null) return null;
    const row = await this.rows.findUnlock(manager, milestoneId, commitmentId);
    if (row === null) return null;
    const approvals = await this.rows.findApprovals(manager, milestoneId);
    const unlock = { milestoneId, commitmentId, ...row, approvals };
    if (await marks.proves(unlockFact(unlock))) return unlock;
    forged.push(`milestone ${milestoneId} was not unlocked by this server with these approvals and weights`);
    return null;
  }

  private async distribution(
    manager: EntityManager,
    marks: GatheredMarks,
    commitmentId: string,
    forged: string[],
  ): Promise<ProvenDistribution | null> {
    const distribution = await this.rows.findDistribution(manager, commitmentId);
    if (distribution === null) return null;
    const shares = await this.rows.findShares(manager, commitmentId);
    if (await marks.proves(distributionFact(distribution, shares))) return { distribution, shares };
    forged.push(
      `the distribution of commitment ${commitmentId} was not frozen by this server with these shares`,
    );
    return null;
  }

  private async paid(
    manager: EntityManager,
    marks: GatheredMarks,
    commitmentId: string,
    forged: string[],
  ): Promise<Set<string>> {
    const ids = await this.rows.findPaid(manager, commitmentId);
    const unproven = new Set((await marks.unproven(ids.map(paidFact))).map(({ id }) => id));
    for (const id of unproven) forged.push(`payout ${id} was not seen as paid by this server`);
    return new Set(ids.filter((id) => !unproven.has(id)));
  }
}
