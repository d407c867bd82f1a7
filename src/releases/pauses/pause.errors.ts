import { DomainError } from '#src/common/errors/errors.js';
import type { PauseDto } from './pauses.dto.js';

export function pauseNotFound(id: string): DomainError {
  return new DomainError('pause_not_found', `There is no pause ${id}.`);
}

export function pauseEnded({ id, endedBy, endedAt }: PauseDto): DomainError {
  return new DomainError(
    'pause_ended',
    `Pause ${id} was ended by ${endedBy ?? 'somebody'} at ${endedAt ?? 'some time'}.`,
  );
}

export function ownPause({ id, endsAt }: PauseDto): DomainError {
  return new DomainError(
    'second_admin_needed',
    `Pause ${id} is yours: another admin has to end it. Without anybody it ends at ${endsAt}.`,
  );
}

export function alreadyPaused(pause: PauseDto): DomainError {
  return new DomainError(
    'already_paused',
    `That is paused since ${pause.createdAt} by ${pause.createdBy}: ${pause.reason}. See pause ${pause.id}.`,
    { pause },
  );
}
