import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { violatedConstraint } from '#src/common/database/transactions.js';
import { Ids } from '#src/common/ids.js';
import type { MarkedFact } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import { isHeaded } from './act-head.js';
import { ActHeads } from './act-heads.service.js';
import { readSignedAct, type ReadAct } from './signed-act.js';
import { SignedAct } from './signed-act.entity.js';
import { SignedActRepository } from './signed-act.repository.js';
import { messageUsed } from './signed-messages.errors.js';
import type { VerifiedMessage } from './signed-messages.service.js';

const MAX_HEADS = 16;
const ONE_ACT_A_TEXT = 'signed_acts_message_hash_key';

/** What an accepted message belongs to. */
export interface ActContext {
  /** Null for what belongs to no commitment. */
  readonly commitmentId: string | null;
  /** The chain's clock by which the act was accepted, where the rules go by it. */
  readonly chainTime?: Date;
}

/** Keeps the exact bytes that wallets have signed, with the time of their acceptance: append-only, and marked. */
@Injectable()
export class SignedActs {
  constructor(
    private readonly acts: SignedActRepository,
    private readonly heads: ActHeads,
    private readonly marks: Marks,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly settings: Settings,
  ) {}

  /**
   * In the transaction that carries the act out, behind the state change that lets one of many requests win.
   * @param verified what `SignedMessages.verify` has answered
   * @throws DomainError `signature_used` when this text was carried out before; `custody_unavailable` without ESCROW_DB_SECRET
   */
  async record(
    manager: EntityManager,
    verified: VerifiedMessage,
    { commitmentId, chainTime }: ActContext,
  ): Promise<SignedAct> {
    const { action, wallet, params, message: text, messageHash, envelope, signature, issuedAt } = verified;
    const act: SignedAct = {
      id: this.ids.uuid(),
      action,
      wallet,
      commitmentId,
      params,
      text,
      envelope,
      signature,
      messageHash,
      issuedAt,
      acceptedAt: this.clock.now(),
      chainTime: chainTime ?? null,
    };
    const isCounted = commitmentId !== null && isHeaded(act);
    const moveHead = isCounted ? await this.heads.before(manager, commitmentId) : null;
    await this.insert(manager, act);
    await this.marks.make(manager, actFact(act));
    await moveHead?.(messageHash);
    return act;
  }

  private async insert(manager: EntityManager, act: SignedAct): Promise<void> {
    try {
      await this.acts.insert(manager, act);
    } catch (error) {
      if (violatedConstraint(error) === ONE_ACT_A_TEXT) throw messageUsed();
      throw error;
    }
  }

  /**
   * Of one commitment without enrollments, in the order of acceptance.
   * @param withApprovals of which there may be thousands
   */
  async of(manager: EntityManager, commitmentId: string, withApprovals: boolean): Promise<SignedAct[]> {
    return this.acts.findByCommitment(manager, commitmentId, withApprovals);
  }

  /** One act, when its wallet has signed it and this server has accepted it; null otherwise. */
  async provenById(manager: EntityManager, id: string): Promise<ReadAct | null> {
    const act = await this.acts.findById(manager, id);
    if (act === null || !(await this.marks.proves(manager, actFact(act)))) return null;
    const reading = readSignedAct(act, this.settings.knownHosts);
    return 'act' in reading ? reading.act : null;
  }

  /**
   * Hashes of the last signed texts of a commitment at this time, the newest first: an admin act names one of them as `after`.
   * Several, because an act that was under way when a text was given out may be the newest by the time that it comes back.
   * Ends with null where there were no more.
   */
  async headsAt(manager: EntityManager, commitmentId: string, time: Date): Promise<(string | null)[]> {
    const acts = await this.acts.findNewest(manager, commitmentId, time, MAX_HEADS);
    const hashes = acts.map(({ messageHash }) => messageHash);
    return hashes.length < MAX_HEADS ? [...hashes, null] : hashes;
  }
}

/** What the server says of an act beside the wallet's own signature: when it was accepted, and for which commitment. */
export function actFact(act: SignedAct): MarkedFact {
  return {
    kind: 'act',
    id: act.id,
    facts: {
      commitmentId: act.commitmentId,
      messageHash: act.messageHash,
      envelope: act.envelope,
      signature: act.signature,
      acceptedAt: act.acceptedAt.toISOString(),
      chainTime: act.chainTime?.toISOString() ?? null,
    },
  };
}
