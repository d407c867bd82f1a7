import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LaunchRow } from './launch-row.entity.js';

@Injectable()
export class LaunchRepository {
  async insert(manager: EntityManager, launch: LaunchRow): Promise<void> {
    await manager.insert(LaunchRow, launch);
  }

  async find(manager: EntityManager, commitmentId: string): Promise<LaunchRow | null> {
    return manager.findOneBy(LaunchRow, { commitmentId });
  }
}
