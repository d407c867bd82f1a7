import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { countByKeySql } from '#src/common/database/count-by-key.js';
import type { MarkKind, MarkRow } from './mark.js';

const COLUMNS = `kind, id, digest, key_id AS "keyId", mac`;

const SAVE = `
  INSERT INTO public.marks (kind, id, digest, key_id, mac)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
  ON CONFLICT (kind, id) DO UPDATE SET digest = EXCLUDED.digest, key_id = EXCLUDED.key_id, mac = EXCLUDED.mac`;

const FIND = `
  SELECT ${COLUMNS} FROM public.marks
   WHERE (kind, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

// Rows that another worker holds are its own.
const TAKE = `
  SELECT ${COLUMNS} FROM public.marks
   WHERE key_id <> $1 AND (kind, id) > ($2, $3) ORDER BY kind, id LIMIT $4 FOR UPDATE SKIP LOCKED`;

@Injectable()
export class MarkRepository {
  /** All in one statement; a mark that is there is replaced. */
  async save(manager: EntityManager, rows: readonly MarkRow[]): Promise<void> {
    if (rows.length === 0) return;
    await manager.query(SAVE, [
      rows.map(({ kind }) => kind),
      rows.map(({ id }) => id),
      rows.map(({ digest }) => digest),
      rows.map(({ keyId }) => keyId),
      rows.map(({ mac }) => mac),
    ]);
  }

  async find(manager: EntityManager, wanted: readonly Pick<MarkRow, 'kind' | 'id'>[]): Promise<MarkRow[]> {
    if (wanted.length === 0) return [];
    return manager.query<MarkRow[]>(FIND, [wanted.map(({ kind }) => kind), wanted.map(({ id }) => id)]);
  }

  /** As it stands once everybody before has let go of it; none where there is none yet. */
  async lock(manager: EntityManager, kind: MarkKind, id: string): Promise<MarkRow[]> {
    const sql = `SELECT ${COLUMNS} FROM public.marks WHERE kind = $1 AND id = $2 FOR UPDATE`;
    return manager.query<MarkRow[]>(sql, [kind, id]);
  }

  /** Locks the next marks that another key than this has made. */
  async take(
    manager: EntityManager,
    keyId: string,
    after: Pick<MarkRow, 'kind' | 'id'>,
    limit: number,
  ): Promise<MarkRow[]> {
    return manager.query<MarkRow[]>(TAKE, [keyId, after.kind, after.id, limit]);
  }

  /** Marks that another key than this has made. */
  async countOthers(manager: EntityManager, keyId: string): Promise<number> {
    // Two ends of an index, between which nearly all marks lie.
    const sql = `SELECT ((SELECT count(*) FROM public.marks WHERE key_id < $1)
                       + (SELECT count(*) FROM public.marks WHERE key_id > $1))::int AS rows`;
    return (await manager.query<[{ rows: number }]>(sql, [keyId]))[0].rows;
  }

  async delete(manager: EntityManager, rows: readonly Pick<MarkRow, 'kind' | 'id'>[]): Promise<void> {
    if (rows.length === 0) return;
    await manager.query(
      'DELETE FROM public.marks WHERE (kind, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))',
      [rows.map(({ kind }) => kind), rows.map(({ id }) => id)],
    );
  }

  /** @param known keys whose marks are not counted: nearly all marks are theirs */
  async countByKey(
    manager: EntityManager,
    known: readonly string[],
  ): Promise<{ readonly keyId: string; readonly rows: number }[]> {
    return manager.query(countByKeySql('public.marks', 'true'), [known]);
  }
}
