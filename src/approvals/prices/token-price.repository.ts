import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TokenPrice } from './token-price.entity.js';

@Injectable()
export class TokenPriceRepository {
  async find(manager: EntityManager, mint: string): Promise<TokenPrice | null> {
    return manager.findOneBy(TokenPrice, { mint });
  }

  /** Puts it in place of the stored one, whose time may be wrong: the last writer wins. */
  async save(manager: EntityManager, price: TokenPrice): Promise<void> {
    await manager.upsert(TokenPrice, price, ['mint']);
  }
}
