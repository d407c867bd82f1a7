import { Injectable } from '@nestjs/common';
import type { SignedActionHandler } from './signed-action.js';
import { unknownAction } from './signed-messages.errors.js';

/** The actions of this deployment; each feature registers its own in `onModuleInit`. */
@Injectable()
export class SignedActionRegistry {
  private readonly handlers = new Map<string, SignedActionHandler>();

  /** @throws Error when two features claim one action: a fault in the code, seen at start. */
  register(handler: SignedActionHandler): void {
    if (this.handlers.has(handler.action))
      throw new Error(`signed action ${handler.action} has two handlers`);
    this.handlers.set(handler.action, handler);
  }

  /** @throws DomainError `unknown_action` */
  get(action: string): SignedActionHandler {
    const handler = this.handlers.get(action);
    if (handler === undefined) throw unknownAction([...this.handlers.keys()].sort());
    return handler;
  }
}
