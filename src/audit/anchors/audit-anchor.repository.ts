import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AnchoredSeal } from './audit-anchor.js';

// The newest seal, unless it is anchored for certain.
const UNANCHORED = `
  SELECT id::text AS "sealId", encode(hash, 'hex') AS hash, public_key AS "publicKey"
    FROM (SELECT id, hash, key_number FROM public.audit_seals ORDER BY id DESC LIMIT 1) AS newest
    JOIN public.audit_keys ON number = key_number
   WHERE NOT EXISTS (
     SELECT 1 FROM public.audit_anchors
      WHERE seal_id = newest.id AND confirmed_at IS NOT NULL)`;

// Older ones have landed or never will: their blockhash has expired, and a later anchor stands for them.
const OPEN = `
  SELECT signature FROM public.audit_anchors
   WHERE confirmed_at IS NULL AND created_at > now() - interval '1 day' ORDER BY created_at DESC LIMIT 100`;

@Injectable()
export class AuditAnchorRepository {
  async findUnanchored(manager: EntityManager): Promise<AnchoredSeal | null> {
    const [seal] = await manager.query<AnchoredSeal[]>(UNANCHORED);
    return seal ?? null;
  }

  /** Signatures of the last day that are not known to be final. */
  async findOpen(manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ signature: string }[]>(OPEN);
    return rows.map(({ signature }) => signature);
  }

  async insert(manager: EntityManager, sealId: string, signature: string): Promise<void> {
    const sql = 'INSERT INTO public.audit_anchors (seal_id, signature, created_at) VALUES ($1, $2, now())';
    await manager.query(sql, [sealId, signature]);
  }

  async confirm(manager: EntityManager, signatures: readonly string[]): Promise<void> {
    const sql = `UPDATE public.audit_anchors SET confirmed_at = now()
      WHERE signature = ANY ($1::text[]) AND confirmed_at IS NULL`;
    await manager.query(sql, [signatures]);
  }
}
