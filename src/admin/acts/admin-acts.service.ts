import { Injectable } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import type { EntityManager } from 'typeorm';
import { ADMIN_ACTIONS, type AdminAction } from '#src/common/admin-actions.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { parseDto } from '#src/common/input/validation.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';
import { invalidAct } from '#src/admin/sessions/admin.errors.js';
import { requireParamsOf } from '#src/signed-messages/action-params.decorator.js';
import type { MessageParams } from '#src/signed-messages/signed-message.js';
import { SignedActionRegistry } from '#src/signed-messages/signed-action.registry.js';
import type { SignedAct } from '#src/signed-messages/signed-act.entity.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedMessages, type VerifiedMessage } from '#src/signed-messages/signed-messages.service.js';
import { messageParams, pathParams, splitBody } from './admin-act.js';

/** One kind of admin act, as the feature that carries it out declares it. */
export interface AdminActKind<P extends object> {
  readonly action: AdminAction;
  /** Its parameters, those of the path included: validated and normalized by their decorators. */
  readonly params: ClassConstructor<P>;
  /**
   * The commitment that it is about; null for none.
   * @throws what the route would refuse these parameters with
   */
  subject(given: P): Promise<string | null>;
}

/** What an admin has signed and this request is to carry out. */
export interface AdminAct<P extends object = object> {
  readonly given: P;
  readonly commitmentId: string | null;
  readonly signed: VerifiedMessage;
}

/** The part of a request that an act is read from. */
export interface ActRequest {
  readonly params?: unknown;
  readonly body?: unknown;
}

/** Acts that an admin's wallet signs: their texts, their verification at the door of the route, and their keeping. */
@Injectable()
export class AdminActs {
  private readonly kinds = new Map<AdminAction, AdminActKind<object>>();

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessages,
    private readonly acts: SignedActs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Each feature declares its own in `onModuleInit`. */
  define<P extends object>(kind: AdminActKind<P>): void {
    requireParamsOf(kind.action, kind.params);
    this.kinds.set(kind.action, kind);
    const prepare = async (_wallet: string, params: unknown) => {
      const { given, commitmentId } = await refusedUnder('params.', () => this.read(kind, params));
      const [after] = await this.heads(commitmentId, this.clock.now());
      return { params: messageParams(given, after) as MessageParams };
    };
    this.registry.register({ action: kind.action, prepare });
  }

  /**
   * The act of a request, when the wallet of its session has signed exactly that.
   * @throws DomainError `invalid_signature` also when the proof is missing or another wallet's, `malformed_signature`,
   * `message_expired`, and what the kind refuses; ValidationError
   */
  async admit(action: AdminAction, wallet: string, request: ActRequest): Promise<AdminAct> {
    const kind = this.kinds.get(action);
    if (kind === undefined) throw new Error(`no feature declares the admin act ${action}`);
    const { proof, rest } = splitBody(request.body);
    const path = pathParams(ADMIN_ACTIONS[action].path, request.params);
    refuseRepeated(path, rest);
    const given = parseDto(kind.params, { ...rest, ...path }, '');
    if (proof === null || proof.wallet !== wallet) throw invalidAct(wallet, action);
    const commitmentId = await kind.subject(given);
    const heads = await this.heads(commitmentId, parseTimestamp(proof.issuedAt) ?? this.clock.now());
    const texts = heads.map((after) => ({
      action,
      wallet,
      issuedAt: proof.issuedAt,
      signature: proof.signature,
      params: messageParams(given, after) as MessageParams,
    }));
    const signed = texts.find((text) => this.messages.matches(text)) ?? texts[0];
    if (signed === undefined) throw invalidAct(wallet, action);
    return { given, commitmentId, signed: this.messages.check(signed) };
  }

  /**
   * In the transaction that carries the act out, behind the state change that lets one of many requests win.
   * @throws DomainError `signature_used` when this text was carried out before
   */
  async record(
    manager: EntityManager,
    { signed, commitmentId }: AdminAct,
    chainTime?: Date,
  ): Promise<SignedAct> {
    const context = { commitmentId, ...(chainTime === undefined ? {} : { chainTime }) };
    return this.acts.record(manager, signed, context);
  }

  private async read<P extends object>(kind: AdminActKind<P>, params: unknown) {
    const given = parseDto(kind.params, params, '');
    return { given, commitmentId: await kind.subject(given) };
  }

  /** What a text of this time may name as the act before it, the likeliest first; `undefined` names none. */
  private async heads(commitmentId: string | null, time: Date): Promise<(string | null | undefined)[]> {
    if (commitmentId === null) return [undefined];
    return this.acts.headsAt(this.transactions.manager, commitmentId, time);
  }
}

/** A path parameter that the body names as well would be an order that nobody carries out. */
function refuseRepeated(path: object, rest: object): void {
  const repeated = Object.keys(path).filter((name) => name in rest);
  if (repeated.length === 0) return;
  throw new ValidationError(
    repeated.map((name) => ({
      path: name,
      message: 'stands in the path and must not be repeated in the body',
    })),
  );
}

/** Names rejected members as the body of POST /signing-messages has them. */
async function refusedUnder<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new ValidationError(error.errors.map(({ path, message }) => ({ path: prefix + path, message })));
  }
}
