import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FeePayerRow } from './fee-payer-row.entity.js';

@Injectable()
export class FeePayerRepository {
  /** Notes on which side of the floor it is. @returns false when that is already noted, so that it is told once */
  async cross(manager: EntityManager, address: string, low: boolean, changedAt: Date): Promise<boolean> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(FeePayerRow)
      .values({ address, low: false, changedAt })
      .orIgnore()
      .execute();
    const result = await manager.update(FeePayerRow, { address, low: !low }, { low, changedAt });
    return result.affected === 1;
  }
}
