import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Project } from './project.entity.js';

@Injectable()
export class ProjectRepository {
  async find(manager: EntityManager, mint: string): Promise<Project | null> {
    return manager.findOneBy(Project, { mint });
  }

  /** The last writer wins. */
  async save(manager: EntityManager, project: Project): Promise<void> {
    await manager.upsert(Project, project, ['mint']);
  }
}
