import { present } from '#src/common/present.js';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#src/common/pages.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '#src/audit/outbox/webhook.js';
import type { DeliveryRow, EndpointRow } from './webhook.repository.js';

export class WebhookDeliveryQuery extends PageQuery {
  @ApiProperty({ enum: DELIVERY_STATUSES, required: false, description: 'Of this status only.' })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  readonly status?: DeliveryStatus;
}

export class WebhookDeliveryDto {
  @ApiProperty({ format: 'uuid', description: 'The webhook-id: the same at every attempt.' })
  readonly id: string;

  @ApiProperty({ description: 'Row of the audit log.' })
  readonly auditId: string;

  @ApiProperty({ format: 'uuid', required: false })
  readonly commitmentId?: string;

  @ApiProperty()
  readonly event: string;

  @ApiProperty({ enum: DELIVERY_STATUSES })
  readonly status: DeliveryStatus;

  @ApiProperty({ type: 'integer', description: 'Attempts begun since it was written, or sent again.' })
  readonly attempts: number;

  @ApiProperty({ format: 'date-time', required: false, description: 'Of a pending one.' })
  readonly nextAttemptAt?: string;

  @ApiProperty({ type: 'integer', required: false, description: 'Status of the last answer.' })
  readonly lastStatus?: number;

  @ApiProperty({ required: false, description: 'Why the last attempt failed.' })
  readonly lastError?: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly deliveredAt?: string;
}

export class WebhookEndpointDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Host of AUDIT_WEBHOOK_URL, whose path may be a secret; null where it is not set.',
  })
  readonly host: string | null;

  @ApiProperty({ description: 'Whether AUDIT_WEBHOOK_SECRET is set.' })
  readonly signed: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when nothing is sent.',
  })
  readonly disabledAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly disabledReason: string | null;

  @ApiProperty({ type: 'integer' })
  readonly pending: number;

  @ApiProperty({ type: 'integer' })
  readonly undeliverable: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly oldestPendingAt: string | null;
}

export function toDeliveryDto(row: DeliveryRow): WebhookDeliveryDto {
  const { id, auditId, commitmentId, event, status, attempts, lastStatus, lastError, deliveredAt } = row;
  return present({
    id,
    auditId,
    commitmentId,
    event,
    status,
    attempts,
    nextAttemptAt: status === 'pending' ? row.nextAttemptAt.toISOString() : undefined,
    lastStatus,
    lastError,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: deliveredAt?.toISOString(),
  });
}

export function toEndpointDto(
  configured: { readonly host: string | null; readonly signed: boolean },
  row: EndpointRow | undefined,
): WebhookEndpointDto {
  return {
    ...configured,
    disabledAt: row?.disabledAt?.toISOString() ?? null,
    disabledReason: row?.reason ?? null,
    pending: row?.pending ?? 0,
    undeliverable: row?.undeliverable ?? 0,
    oldestPendingAt: row?.oldestPendingAt?.toISOString() ?? null,
  };
}
