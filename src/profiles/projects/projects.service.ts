import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { present } from '#src/common/present.js';
import type { Project } from './project.entity.js';
import { projectNotFound } from './project.errors.js';
import { ProjectRepository } from './project.repository.js';
import type { ProjectBody, ProjectDto } from './projects.dto.js';

/** Public pages of tokens, written by admins. */
@Injectable()
export class Projects {
  constructor(
    private readonly repository: ProjectRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `project_not_found` */
  async get(mint: string): Promise<ProjectDto> {
    const project = await this.repository.find(this.transactions.manager, mint);
    if (project === null) throw projectNotFound(mint);
    return view(project);
  }

  /** @param admin the wallet of the session */
  async put(mint: string, page: ProjectBody, admin: string): Promise<ProjectDto> {
    const { description = null, imageUrl = null, websiteUrl = null, xUrl = null, telegramUrl = null } = page;
    const links = { imageUrl, websiteUrl, xUrl, telegramUrl };
    const written = { updatedBy: admin, updatedAt: this.clock.now() };
    const project: Project = { mint, name: page.name, description, ...links, ...written };
    await this.transactions.run(async (manager) => {
      await this.repository.save(manager, project);
      await this.audit.record(manager, { event: 'admin_project_update_ok', fields: { mint, ...page } });
    });
    return view(project);
  }
}

function view(project: Project): ProjectDto {
  const { mint, name, description, imageUrl, websiteUrl, xUrl, telegramUrl, updatedAt } = project;
  const links = { imageUrl, websiteUrl, xUrl, telegramUrl };
  return present({ mint, name, description, ...links, updatedAt: updatedAt.toISOString() });
}
