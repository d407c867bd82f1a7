import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { causeState, isDriverOutage } from '#src/common/database/database-errors.js';
import { isFinalState } from './await-database.js';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/**
 * The pool of an application that starts, with its first connection made. Loading and wiring the application blocks the event
 * loop. On a busy machine a handshake then misses its limit although the server has answered, so it is tried again.
 * @throws what the last of its tries has thrown, after 30 s, or at once what no other try would change
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const source = new DataSource(options);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await source.initialize();
    } catch (error) {
      const isFinal = !isDriverOutage(error) || isFinalState(causeState(error));
      if (isFinal || Date.now() + PAUSE_MS > deadline) throw error;
    }
    await delay(PAUSE_MS);
  }
}
