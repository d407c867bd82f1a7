import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KEY_COLUMNS } from '#src/audit/journal/audit-columns.js';
import type { SealKey } from './seal-key.js';

const NEWEST = `SELECT ${KEY_COLUMNS} FROM public.audit_keys ORDER BY audit_keys.number DESC LIMIT 1`;
const ALL_KEYS = `SELECT ${KEY_COLUMNS} FROM public.audit_keys ORDER BY audit_keys.number`;
const INSERT = `
  INSERT INTO public.audit_keys (number, public_key, after_seal, own_signature, previous_signature, made_at)
  VALUES ($1, $2, $3, $4, $5, now())`;

@Injectable()
export class SealKeyRepository {
  async findNewest(manager: EntityManager): Promise<SealKey | null> {
    const [key] = await manager.query<SealKey[]>(NEWEST);
    return key ?? null;
  }

  findAll(manager: EntityManager): Promise<SealKey[]> {
    return manager.query<SealKey[]>(ALL_KEYS);
  }

  async insert(manager: EntityManager, key: Omit<SealKey, 'madeAt'>): Promise<void> {
    const { number, publicKey, afterSeal, ownSignature, previousSignature } = key;
    await manager.query(INSERT, [number, publicKey, afterSeal, ownSignature, previousSignature]);
  }
}
