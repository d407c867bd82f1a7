import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { parseDto } from '#src/common/input/validation.js';
import { present } from '#src/common/present.js';
import { Avatars } from '#src/profiles/avatars/avatars.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { profileMessage, type ProfileParams } from './profile.js';
import { Profile } from './profile.entity.js';
import { otherWallet, profileIsNewer, profileNotFound, twoAvatars } from './profile.errors.js';
import { ProfileRepository } from './profile.repository.js';
import {
  type ProfileDto,
  type ProfilesDto,
  type ProfileUpdateBody,
  ProfileUpdateParams,
} from './profiles.dto.js';

/** What wallets publish about themselves, each by its own signature. */
@Injectable()
export class Profiles {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly avatars: Avatars,
    private readonly repository: ProfileRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {
    this.verifySigned = actions.defineWith('profile.update', async (_wallet, params) => ({
      params: profileMessage(oneAvatar(parseDto(ProfileUpdateParams, params, 'params.'), 'params.')),
    }));
  }

  /** @throws DomainError `profile_not_found` */
  async get(wallet: string): Promise<ProfileDto> {
    const profile = await this.repository.find(this.transactions.manager, wallet);
    if (profile === null) throw profileNotFound(wallet);
    return this.view(profile);
  }

  async list(wallets: readonly string[]): Promise<ProfilesDto> {
    const profiles = await this.repository.findAll(this.transactions.manager, wallets);
    return { items: profiles.map((profile) => this.view(profile)) };
  }

  /** @throws DomainError `invalid_signature`, `signature_used`, `avatar_not_accepted`, `storage_unavailable`; ValidationError */
  async update(address: string, body: ProfileUpdateBody): Promise<ProfileDto> {
    const { wallet, issuedAt, signature, ...given } = body;
    const params = oneAvatar(given, '');
    await this.verifySigned({ wallet, issuedAt, signature }, profileMessage(params));
    if (wallet !== address) throw otherWallet(address);
    if (params.avatarPath !== undefined) await this.avatars.examine(wallet, params.avatarPath);
    const profile = profileOf(wallet, new Date(issuedAt), params);
    await this.transactions.run(async (manager) => {
      if (!(await this.repository.saveNewer(manager, profile))) throw profileIsNewer(wallet);
      await this.audit.record(manager, { event: 'profile_update_ok', signature, fields: { ...params } });
    });
    return this.view(profile);
  }

  private view({ wallet, name, bio, avatarUrl, avatarPath, issuedAt }: Profile): ProfileDto {
    const shown = avatarPath === null ? avatarUrl : this.avatars.urlOf(avatarPath);
    return present({ wallet, name, bio, avatarUrl: shown, updatedAt: issuedAt.toISOString() });
  }
}

function oneAvatar(params: ProfileParams, prefix: string): ProfileParams {
  if (params.avatarUrl !== undefined && params.avatarPath !== undefined) throw twoAvatars(prefix);
  return params;
}

function profileOf(wallet: string, issuedAt: Date, params: ProfileParams): Profile {
  const { name = null, bio = null, avatarUrl = null, avatarPath = null } = params;
  return { wallet, name, bio, avatarUrl, avatarPath, issuedAt };
}
