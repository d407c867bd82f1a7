import { DomainError } from '../common/errors.js';
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

export function alreadyPaused(pause: PauseDto): DomainError {
  return new DomainError(
    'already_paused',
    `That is paused since ${pause.createdAt} by ${pause.createdBy}: ${pause.reason}. See pause ${pause.id}.`,
    { pause },
  );
}
