import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '#config/settings.js';
import { DomainError } from '#src/common/errors/errors.js';
import { isSameSecret } from '#src/common/text/same-secret.js';

const BEARER = /^Bearer +(\S+)$/i;

/** Lets whoever has METRICS_TOKEN read the metrics, and anybody where none is set. */
@Injectable()
export class MetricsTokenGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  /** @throws DomainError `metrics_token_needed` */
  canActivate(context: ExecutionContext): boolean {
    const { METRICS_TOKEN: token } = this.settings.env;
    const { authorization = '' } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (token === undefined || isSameSecret(BEARER.exec(authorization)?.[1], token)) return true;
    throw new DomainError(
      'metrics_token_needed',
      'The Authorization header does not hold the METRICS_TOKEN of this service, as `Bearer TOKEN`. Give it to the scraper.',
    );
  }
}
