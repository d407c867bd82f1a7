import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { type EndpointOptions, endpointOf, isForAdmins } from '../common/endpoint.js';
import { setActor } from '../common/request-context.js';
import { RequestCounter } from '../rate-limit/request-counter.service.js';
import { accessRuleMissing, originMismatch, wrongCronSecret } from './admin.errors.js';
import { AdminSessions } from './admin-sessions.service.js';
import { isCronSecret } from './cron-secret.js';
import type { AdmittedRequest } from './current-admin.decorator.js';
import { changesState, isRightOrigin } from './origin.js';
import { SessionCookie } from './session-cookie.service.js';

const CRON_HEADER = 'x-cron-secret';

/**
 * Admits a request by the rule that its route declares with `@Endpoint`; a route without one is closed. Asked in the order
 * session, allowlist, origin.
 * @throws DomainError `access_rule_missing`, `not_signed_in`, `not_an_admin`, `origin_mismatch`, `too_many_requests`
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly settings: Settings,
    private readonly sessions: AdminSessions,
    private readonly cookie: SessionCookie,
    private readonly requests: RequestCounter,
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
        if (comesFromCron(rule, request)) return this.admitCron(request);
        request.admin = await this.sessions.admit(this.cookie.read(request));
        break;
      case undefined:
      default:
        throw accessRuleMissing();
    }
    if (needsOrigin(rule, request)) this.requireOrigin(request);
    if (request.admin !== undefined) await this.requests.admit('session', request.admin.idHash);
    return true;
  }

  /** Whatever the Origin: a scheduler has none, and no other site can make a browser send the header. */
  private admitCron({ headers }: AdmittedRequest): true {
    if (!isCronSecret(headers[CRON_HEADER], this.settings.env.CRON_SECRET)) throw wrongCronSecret();
    setActor('cron');
    return true;
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
