import { present } from '#src/common/present.js';
import type { Pause } from './pause.entity.js';
import type { PauseDto } from './pauses.dto.js';

export function pauseView(pause: Pause): PauseDto {
  const { id, scope, commitmentId, purpose, reason, createdBy, createdAt, endedBy, endedAt, endsAt } = pause;
  return present({
    id,
    scope,
    commitmentId,
    purpose,
    reason,
    createdBy,
    createdAt: createdAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedBy,
    endedAt: endedAt?.toISOString(),
  });
}
