import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface OpenWindow {
  readonly key: string;
  readonly hits: number;
  readonly expiresAt: Date;
}

const OPEN = `
  SELECT key, hits, expires_at AS "expiresAt" FROM public.rate_limits
   WHERE key = ANY ($1::text[]) AND expires_at > now()`;

@Injectable()
export class LimitsRepository {
  findOpen(manager: EntityManager, keys: readonly string[]): Promise<OpenWindow[]> {
    return manager.query<OpenWindow[]>(OPEN, [[...keys]]);
  }

  /** @param keys undefined for all @returns how many there were */
  async delete(manager: EntityManager, keys: readonly string[] | undefined): Promise<number> {
    const where = keys === undefined ? '' : 'WHERE key = ANY ($1::text[])';
    const values = keys === undefined ? [] : [[...keys]];
    const [, deleted] = await manager.query<[unknown[], number]>(
      `DELETE FROM public.rate_limits ${where}`,
      values,
    );
    return deleted;
  }
}
