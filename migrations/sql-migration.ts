import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The SQL files are read from the project's own `migrations/`, also by the built code under `dist/`. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'migrations');
}

/** @param path within `migrations/` */
export function readMigration(path: string): string {
  return readFileSync(join(migrationsFolder(), path), 'utf8');
}

const FIRST_TIMESTAMP = 1_700_000_000_000;

/**
 * A migration class over `<version>.sql` and `down/<version>.sql`. Each file keeps `public.schema_migrations` itself, so a
 * database migrated with psql or the Supabase CLI is known to be up to date: then the SQL is not run again.
 * @param version file name without ending, for example `0001_init`.
 */
export function sqlMigration(version: string): new () => MigrationInterface {
  return class implements MigrationInterface {
    // TypeORM orders by a 13-digit number at the end of the name.
    readonly name = `${version}_${FIRST_TIMESTAMP + Number(version.slice(0, 4))}`;

    async up(queryRunner: QueryRunner): Promise<void> {
      if (await isApplied(queryRunner, version)) return;
      await queryRunner.query(readMigration(`${version}.sql`));
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      if (!(await isApplied(queryRunner, version))) return;
      await queryRunner.query(readMigration(`down/${version}.sql`));
    }
  };
}

async function isApplied(queryRunner: QueryRunner, version: string): Promise<boolean> {
  const [table] = (await queryRunner.query(
    `SELECT to_regclass('public.schema_migrations') IS NOT NULL AS present`,
  )) as [{ present: boolean }];
  if (!table.present) return false;
  const rows = (await queryRunner.query(`SELECT 1 FROM public.schema_migrations WHERE version = $1`, [
    version,
  ])) as unknown[];
  return rows.length > 0;
}
