import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#src/audit/audit.module.js';
import { AvatarStorage } from '#src/profiles/avatars/avatar-storage.service.js';
import { AvatarsController } from '#src/profiles/avatars/avatars.controller.js';
import { Avatars } from '#src/profiles/avatars/avatars.service.js';
import { Profile } from '#src/profiles/profile/profile.entity.js';
import { ProfileRepository } from '#src/profiles/profile/profile.repository.js';
import { ProfilesController } from '#src/profiles/profile/profiles.controller.js';
import { Profiles } from '#src/profiles/profile/profiles.service.js';
import { Project } from '#src/profiles/projects/project.entity.js';
import { ProjectRepository } from '#src/profiles/projects/project.repository.js';
import { ProjectsController } from '#src/profiles/projects/projects.controller.js';
import { Projects } from '#src/profiles/projects/projects.service.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';

/** What wallets and admins publish about themselves and their tokens. */
@Module({
  imports: [TypeOrmModule.forFeature([Profile, Project]), AuditModule, SignedMessagesModule],
  controllers: [AvatarsController, ProfilesController, ProjectsController],
  providers: [AvatarStorage, Avatars, ProfileRepository, Profiles, ProjectRepository, Projects],
})
export class ProfilesModule {}
