import { existsSync } from 'node:fs';
import type { DatabaseSettings } from '#config/database/data-source.js';
import { EnvironmentError, parseEnvironment, SETTING_NAMES } from './environment.js';
import { readSecretFiles } from './secret-files.js';

export type SettingsSource = Readonly<Record<string, string | undefined>>;

const TRUE = new Set(['true', '1', 'yes']);

/**
 * The process's variables; a `.env` file in the working directory fills in those that are not set, and NAME_FILE names a file
 * with the value of NAME.
 * @throws EnvironmentError
 */
export function loadSource(): SettingsSource {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { source, problems } = readSecretFiles(process.env, SETTING_NAMES);
  if (problems.length > 0) throw new EnvironmentError(problems);
  return source;
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

/** The same as the owner of the tables: who migrates, and who has to see all rows whatever policies say. */
export function asOwner(settings: DatabaseSettings): DatabaseSettings {
  const { DATABASE_MIGRATION_URL: url } = settings;
  return url === undefined ? settings : { ...settings, DATABASE_URL: url };
}
