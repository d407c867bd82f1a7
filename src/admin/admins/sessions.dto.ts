import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** In the place of a session: those of all admins, one's own among them. */
export const EVERYBODY = 'all';
const HANDLE_OR_WALLET = /^(?:[0-9a-f]{16}|[1-9A-HJ-NP-Za-km-z]{32,44}|all)$/;

/** What an admin signs who ends sessions. */
@ParamsOf('admin.session.end')
export class SessionActParams {
  @ApiProperty({
    pattern: HANDLE_OR_WALLET.source,
    description: 'handle of one session, an admin’s wallet for all of its sessions, or `all`.',
  })
  @Matches(HANDLE_OR_WALLET, { message: 'session must be the handle of a session, a wallet, or all' })
  readonly session: string;
}

export class SessionDto {
  @ApiProperty({ description: 'Names the session in DELETE /api/admin/sessions/:session; opens nothing.' })
  readonly handle: string;

  @ApiProperty({ description: 'The signed-in wallet.' })
  readonly wallet: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'To the minute.' })
  readonly lastSeenAt: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt: string;

  @ApiProperty({ description: 'Whether it is the one of this request.' })
  readonly current: boolean;
}

export class SessionsDto {
  @ApiProperty({ type: [SessionDto] })
  readonly items: SessionDto[];
}

export class SessionsEndedDto {
  @ApiProperty({ description: 'How many sessions were ended.' })
  readonly ended: number;
}
