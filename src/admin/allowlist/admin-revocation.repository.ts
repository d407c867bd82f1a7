import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { AdminRevocation } from './admin-revocation.entity.js';

// Any fixed number: two admins who revoke each other at once do it one after the other.
const LOCK = 5_118_204_773_902_116_443n;

@Injectable()
export class AdminRevocationRepository {
  async insert(manager: EntityManager, revocation: AdminRevocation): Promise<void> {
    await manager.insert(AdminRevocation, revocation);
  }

  async findOf(manager: EntityManager, admins: readonly string[]): Promise<AdminRevocation[]> {
    return manager.findBy(AdminRevocation, { admin: In([...admins]) });
  }

  /** Newest first. */
  async findNewest(manager: EntityManager, limit: number): Promise<AdminRevocation[]> {
    return manager.find(AdminRevocation, { order: { revokedAt: 'DESC', id: 'DESC' }, take: limit });
  }

  /** Until the end of the transaction nobody else revokes. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK.toString()]);
  }
}
