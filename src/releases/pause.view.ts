import type { PayoutPause } from './payout-pause.entity.js';
import type { PauseDto } from './pauses.dto.js';

export function pauseView(pause: PayoutPause): PauseDto {
  const { id, scope, commitmentId, purpose, reason, createdBy, createdAt, endedBy, endedAt } = pause;
  return {
    id,
    scope,
    ...(commitmentId === null ? {} : { commitmentId }),
    ...(purpose === null ? {} : { purpose }),
    reason,
    createdBy,
    createdAt: createdAt.toISOString(),
    ...(endedBy === null ? {} : { endedBy }),
    ...(endedAt === null ? {} : { endedAt: endedAt.toISOString() }),
  };
}
