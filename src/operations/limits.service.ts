import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { AuditLogs } from '#src/audit/search/audit-logs.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { decodePublicKey } from '#src/common/text/base58.js';
import { LimitedRoutes } from '#src/rate-limit/limited-routes.service.js';
import { clientOf } from '#src/rate-limit/rate-window.js';
import type { ForgivenDto, LimitsDto, LimitWindowDto } from './limits.dto.js';
import { LimitsRepository } from './limits.repository.js';

const EVERYBODY = 'all';
const REFUSALS_OF_MS = 3_600_000;
const MAX_REFUSALS = 50;

/** Rate limits as the person on call sees them: who has used up what, and giving it back. */
@Injectable()
export class Limits {
  constructor(
    private readonly routes: LimitedRoutes,
    private readonly windows: LimitsRepository,
    private readonly logs: AuditLogs,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @param client an IP address or a wallet; undefined: only who was refused. @throws ValidationError */
  async show(client: string | undefined): Promise<LimitsDto> {
    const counted = client === undefined ? null : countedAs(client);
    const since = new Date(this.clock.now().getTime() - REFUSALS_OF_MS);
    return {
      client: counted,
      windows: counted === null ? [] : await this.windowsOf(counted),
      refusals: await this.logs.refusalsSince(since, 'too_many_requests', MAX_REFUSALS),
    };
  }

  /** Lets a client begin anew. @param client an IP address, a wallet, or `all`. @throws ValidationError */
  async forgive(client: string): Promise<ForgivenDto> {
    const counted = client === EVERYBODY ? EVERYBODY : countedAs(client);
    const keys = counted === EVERYBODY ? undefined : this.routes.countersOf(counted).map(({ key }) => key);
    return this.transactions.run(async (manager) => {
      const forgiven = await this.windows.delete(manager, keys);
      const fields = { client: counted, forgiven };
      await this.audit.record(manager, { event: 'admin_rate_limits_forgive_ok', fields });
      return { forgiven };
    });
  }

  private async windowsOf(client: string): Promise<LimitWindowDto[]> {
    const counters = this.routes.countersOf(client);
    const keys = counters.map(({ key }) => key);
    const open = await this.windows.findOpen(this.transactions.manager, keys);
    const shown = open.flatMap(({ key, hits, expiresAt }) =>
      counters
        .filter((counter) => counter.key === key)
        .map(({ route, name, limit: { limit } }) => ({
          route,
          name,
          hits,
          limit,
          endsAt: expiresAt.toISOString(),
        })),
    );
    return shown.toSorted((a, b) => b.hits / b.limit - a.hits / a.limit);
  }
}

/** @throws ValidationError */
function countedAs(client: string): string {
  const address = client.replace(/::\/64$/, '::');
  if (isIP(address) !== 0) return clientOf(address);
  if (decodePublicKey(client) !== null) return client;
  throw new ValidationError([{ path: 'client', message: 'must be an IP address or a wallet' }]);
}
