import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Escrow } from './escrow.entity.js';

@Injectable()
export class EscrowRepository {
  async insert(manager: EntityManager, escrow: Escrow): Promise<void> {
    await manager.insert(Escrow, escrow);
  }

  async findByCommitment(manager: EntityManager, commitmentId: string): Promise<Escrow | null> {
    return manager.findOneBy(Escrow, { commitmentId });
  }

  async existsByAddress(manager: EntityManager, address: string): Promise<boolean> {
    return manager.existsBy(Escrow, { address });
  }

  async findByCommitments(manager: EntityManager, commitmentIds: readonly string[]): Promise<Escrow[]> {
    return manager.findBy(Escrow, { commitmentId: In([...commitmentIds]) });
  }
}
