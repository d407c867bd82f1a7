import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { type EndpointOptions, endpointOf, isForAdmins } from '#src/common/endpoint.js';
import { setActor } from '#src/common/request-context.js';
import { RequestCounter } from '#src/rate-limit/request-counter.service.js';
import { accessRuleMissing, originMismatch, wrongCronSecret } from '#src/admin/sessions/admin.errors.js';
import { AdminSessions } from '#src/admin/sessions/admin-sessions.service.js';
import { splitBody } from '#src/admin/acts/admin-act.js';
import { isSameSecret } from '#src/common/text/same-secret.js';
import { AdminActs } from '#src/admin/acts/admin-acts.service.js';
import type { AdmittedRequest } from '#src/admin/acts/current-act.decorator.js';
import { changesState, isRightOrigin } from './origin.js';
import { SessionCookie } from '#src/admin/sessions/session-cookie.service.js';

const CRON_HEADER = 'x-cron-secret';

/**
 * Admits a request by the rule that its route declares with `@Endpoint`; a route without one is closed. Asked in the order
 * session, allowlist, origin, signature.
 * @throws DomainError `access_rule_missing`, `not_signed_in`, `not_an_admin`, `origin_mismatch`, `too_many_requests`, and
 * those of `AdminActs.admit`
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly settings: Settings,
    private readonly sessions: AdminSessions,
    private readonly cookie: SessionCookie,
    private readonly requests: RequestCounter,
    private readonly acts: AdminActs,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AdmittedRequest>();
    const rule = endpointOf(request);
    switch (rule?.access) {
      case 'public':
      case 'signed':
        break;
      case 'admin':
      case 'admin_or_cron':
      case 'admin_or_signed':
        if (comesFromCron(rule, request)) return this.admitCron(request);
        if (this.isSignedByWallet(rule, request)) return true;
        request.admin = await this.sessions.admit(this.cookie.read(request));
        break;
      case undefined:
      default:
        throw accessRuleMissing();
    }
    if (needsOrigin(rule, request)) this.requireOrigin(request);
    if (request.admin !== undefined) await this.requests.admit('session', request.admin.idHash);
    if (rule.act !== undefined && request.admin !== undefined)
      request.act = await this.acts.admit(rule.act, request.admin.wallet, request);
    return true;
  }

  /** Whatever the Origin: a scheduler has none, and no other site can make a browser send the header. */
  private admitCron({ headers }: AdmittedRequest): true {
    if (!isSameSecret(headers[CRON_HEADER], this.settings.env.CRON_SECRET)) throw wrongCronSecret();
    setActor('cron');
    return true;
  }

  /** Who has no session may only bring a signature of its own; who brings neither is told to sign in. */
  private isSignedByWallet({ access }: EndpointOptions, request: AdmittedRequest): boolean {
    if (access !== 'admin_or_signed' || this.cookie.read(request) !== undefined) return false;
    return splitBody(request.body).proof !== null;
  }

  private requireOrigin(request: AdmittedRequest): void {
    if (!isRightOrigin(request.headers.origin, this.settings.appOrigin)) {
      throw originMismatch(this.settings.appOrigin);
    }
  }
}

function comesFromCron({ access }: EndpointOptions, { headers }: AdmittedRequest): boolean {
  return access === 'admin_or_cron' && headers[CRON_HEADER] !== undefined;
}

function needsOrigin(rule: EndpointOptions, { method, headers }: AdmittedRequest): boolean {
  if (rule.originChecked === 'when_sent') return headers.origin !== undefined;
  return rule.originChecked === 'always' || (isForAdmins(rule) && changesState(method));
}
