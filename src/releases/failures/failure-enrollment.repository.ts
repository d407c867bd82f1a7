import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { FailureEnrollment } from './failure-enrollment.entity.js';

/** How many wallets have enrolled, and how many of them are weighed. */
export interface EnrollmentCounts {
  readonly enrolled: number;
  readonly weighed: number;
}

@Injectable()
export class FailureEnrollmentRepository {
  async find(
    manager: EntityManager,
    announcementId: string,
    wallet: string,
  ): Promise<FailureEnrollment | null> {
    return manager.findOneBy(FailureEnrollment, { announcementId, wallet });
  }

  /** Those that are not there yet, all in one statement. @returns their wallets */
  async insertNew(manager: EntityManager, enrollments: readonly FailureEnrollment[]): Promise<string[]> {
    const rows = await manager.query<{ wallet: string }[]>(
      `INSERT INTO public.failure_enrollments (announcement_id, wallet, token_accounts, enrolled_at)
       SELECT e.announcement_id, e.wallet, e.token_accounts, e.enrolled_at
         FROM jsonb_to_recordset($1::jsonb)
           AS e (announcement_id uuid, wallet text, token_accounts text[], enrolled_at timestamptz)
       ON CONFLICT DO NOTHING RETURNING wallet`,
      [
        JSON.stringify(
          enrollments.map(({ announcementId, wallet, tokenAccounts, enrolledAt }) => ({
            announcement_id: announcementId,
            wallet,
            token_accounts: tokenAccounts,
            enrolled_at: enrolledAt,
          })),
        ),
      ],
    );
    return rows.map(({ wallet }) => wallet);
  }

  /** Unless it is weighed already. */
  async nameAccounts(
    manager: EntityManager,
    { announcementId, wallet, tokenAccounts }: FailureEnrollment,
  ): Promise<boolean> {
    const where = { announcementId, wallet, weightRaw: IsNull() };
    return (await manager.update(FailureEnrollment, where, { tokenAccounts })).affected === 1;
  }

  async findUnweighed(
    manager: EntityManager,
    announcementId: string,
    limit: number,
  ): Promise<FailureEnrollment[]> {
    const where = { announcementId, weightRaw: IsNull() };
    return manager.find(FailureEnrollment, { where, order: { wallet: 'ASC' }, take: limit });
  }

  async findAll(manager: EntityManager, announcementId: string): Promise<FailureEnrollment[]> {
    return manager.findBy(FailureEnrollment, { announcementId });
  }

  /** @returns the wallets that nobody else has weighed meanwhile */
  async saveWeights(
    manager: EntityManager,
    announcementId: string,
    weights: ReadonlyMap<string, bigint>,
  ): Promise<string[]> {
    const [saved] = await manager.query<[{ wallet: string }[], number]>(
      `UPDATE public.failure_enrollments e SET weight_raw = v.raw
         FROM unnest($2::text[], $3::numeric[]) AS v (wallet, raw)
        WHERE e.announcement_id = $1 AND e.wallet = v.wallet AND e.weight_raw IS NULL
        RETURNING e.wallet`,
      [announcementId, [...weights.keys()], [...weights.values()].map(String)],
    );
    return saved.map(({ wallet }) => wallet);
  }

  async count(manager: EntityManager, announcementId: string): Promise<EnrollmentCounts> {
    const [row] = await manager.query<[EnrollmentCounts]>(
      `SELECT count(*)::int AS enrolled, count(weight_raw)::int AS weighed
         FROM public.failure_enrollments WHERE announcement_id = $1`,
      [announcementId],
    );
    return row;
  }
}
