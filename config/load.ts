import { existsSync } from 'node:fs';
import type { DatabaseSettings } from './data-source.js';
import { parseEnvironment } from './environment.js';

export type SettingsSource = Readonly<Record<string, string | undefined>>;

const TRUE = new Set(['true', '1', 'yes']);

/** The process's variables; a `.env` file in the working directory fills in those that are not set. */
export function loadSource(): SettingsSource {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** True when the embedded world is asked for, and may be. In production the environment's own check refuses it. */
export function wantsLocalWorld(source: SettingsSource): boolean {
  const asked = TRUE.has((source['CTS_MOCK_MODE'] ?? '').toLowerCase());
  return asked && source['NODE_ENV'] !== 'production';
}

/**
 * The settings of the database alone, for commands that need no more.
 * @throws EnvironmentError
 */
export function loadDatabaseSettings(source: SettingsSource): DatabaseSettings {
  const own = Object.entries(source).filter(
    ([name]) => name.startsWith('DATABASE_') || name.startsWith('PG_'),
  );
  return parseEnvironment(Object.fromEntries(own));
}
