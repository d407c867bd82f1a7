import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';

/** Who acts, and in which request or job run. Read by the audit log and the logger. */
export interface RequestContext {
  readonly requestId: string;
  /** Trusted client address; absent for jobs. */
  readonly ip?: string;
  /** The request that is being served; absent for jobs. */
  readonly request?: FastifyRequest;
  /** Wallet of the verified signer or signed-in admin, or `job:<name>`, `cron`; set once it is known. */
  actor?: string;
  /** Names of the audit events that this request has written, and that are committed. */
  recorded?: Set<string>;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** For what nobody is known to have done. */
export const NOBODY = 'anonymous';

/** Who acts: as the audit log and every row that names a person put it. */
export function actor(): string {
  return currentContext()?.actor ?? NOBODY;
}

/** Nobody is known to have made the present request. */
export function isAnonymous(): boolean {
  return actor() === NOBODY;
}

/** Names the actor for everything that the current request does from here on. */
export function setActor(name: string): void {
  const context = storage.getStore();
  if (context) context.actor = name;
}
