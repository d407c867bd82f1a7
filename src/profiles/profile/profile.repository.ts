import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Profile } from './profile.entity.js';

const SAVE_NEWER = `
  INSERT INTO public.profiles AS old (wallet, name, bio, avatar_url, avatar_path, issued_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (wallet) DO UPDATE
     SET name = excluded.name, bio = excluded.bio, avatar_url = excluded.avatar_url, avatar_path = excluded.avatar_path,
         issued_at = excluded.issued_at
   WHERE old.issued_at < excluded.issued_at
  RETURNING wallet`;

@Injectable()
export class ProfileRepository {
  async find(manager: EntityManager, wallet: string): Promise<Profile | null> {
    return manager.findOneBy(Profile, { wallet });
  }

  async findAll(manager: EntityManager, wallets: readonly string[]): Promise<Profile[]> {
    return manager.find(Profile, { where: { wallet: In([...wallets]) }, order: { wallet: 'ASC' } });
  }

  /** @returns false when the wallet has signed a newer one, or this one was saved before */
  async saveNewer(manager: EntityManager, profile: Profile): Promise<boolean> {
    const { wallet, name, bio, avatarUrl, avatarPath, issuedAt } = profile;
    const values = [wallet, name, bio, avatarUrl, avatarPath, issuedAt];
    return (await manager.query<unknown[]>(SAVE_NEWER, values)).length > 0;
  }
}
