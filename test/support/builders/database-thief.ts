import { JOURNALED_TABLES } from '#src/audit/journal/journaled-tables.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { tamper, verificationOf } from '../checks/sealed-log.js';
import type { AppWorld } from '../worlds/app-world.js';
import { TestWallet } from './wallets.js';

/** What money and acts are read from: the journaled tables, the marks and the prices. */
const TABLES = [...JOURNALED_TABLES.map(({ table }) => table), 'marks', 'token_prices'];

/** Puts rows back as they were. */
export type PutBack = () => Promise<void>;

/** Somebody who writes every row as the owner of the tables, with the triggers off, and holds no admin's wallet and no secret. */
export class DatabaseThief {
  readonly wallet = TestWallet.generate();

  constructor(private readonly world: AppWorld) {}

  get address(): string {
    return this.wallet.address;
  }

  write(sql: string): Promise<void> {
    return tamper(this.world, sql);
  }

  /** A copy of rows, to be put in the place of those that the condition finds then. */
  async copy(table: string, condition: string): Promise<PutBack> {
    const [{ rows } = { rows: '[]' }] = await this.world.sql<{ rows: string }>(
      `SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text AS rows FROM public.${table} AS t WHERE ${condition}`,
    );
    const literal = `'${rows.replaceAll(`'`, `''`)}'`;
    return () =>
      this.write(
        `DELETE FROM public.${table} WHERE ${condition};
         INSERT INTO public.${table} SELECT (jsonb_populate_recordset(NULL::public.${table}, ${literal})).*`,
      );
  }

  /** An older dump of all that money and acts are read from. */
  async dump(): Promise<PutBack> {
    const copies = await Promise.all(TABLES.map((table) => this.copy(table, 'true')));
    return async () => {
      for (const putBack of copies) await putBack();
    };
  }

  /** The driver takes up everything that is not finished, twice. */
  async driven(): Promise<void> {
    for (let run = 0; run < 2; run += 1) {
      await this.write('UPDATE payouts SET next_run_at = now()');
      await this.world.app.get(PayoutDriver).runOnce();
    }
  }

  /** How many alarms of the signing door name this payout. */
  async alarms(payoutId: string): Promise<number> {
    const sql = `SELECT 1 FROM audit_logs WHERE event = 'escrow_signing_refused_error' AND payout_id = $1`;
    return (await this.world.sql(sql, [payoutId])).length;
  }

  /** The tables in which `audit verify` names a row. */
  async tablesNamed(): Promise<string[]> {
    const { listed } = await verificationOf(this.world);
    return [...new Set(listed.flatMap(({ table }) => (table === undefined ? [] : [table])))];
  }
}
