import type { AuditedRoute, AuditEvent } from '#src/common/audit-events.js';

/** Events that only tests have. */
export const madeUpRoute = (name: string) => name as AuditedRoute;
export const madeUpEvent = (name: string) => name as AuditEvent;
