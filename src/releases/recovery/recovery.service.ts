import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { decodeCursor, toPageBy } from '#src/common/pages.js';
import { inParallel } from '#src/common/in-parallel.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { EscrowRecovery, type Recovered } from './escrow-recovery.service.js';
import type { RecoveryBody, RecoveryDto, RecoveryItemDto } from './recovery.dto.js';
import { RecoveryRepository } from './recovery.repository.js';

/** How many escrows are looked at at a time. */
const WIDTH = 4;

/** After a restore: what the chain knows of all commitments is booked, and nothing is paid. */
@Injectable()
export class Recovery {
  constructor(
    private readonly rows: RecoveryRepository,
    private readonly escrows: EscrowRecovery,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /**
   * Looks at one page of commitments. May be repeated: what is booked is left alone.
   * @throws DomainError `commitment_not_found`, `rpc_unavailable`, `single_source`, `history_incomplete`
   */
  async run({ commitmentId, since, dryRun, limit, cursor }: RecoveryBody): Promise<RecoveryDto> {
    if (commitmentId !== undefined) await this.commitments.get(commitmentId);
    const after = decodeCursor(cursor);
    const rows = await this.rows.escrows(this.transactions.manager, commitmentId, after, limit + 1);
    const page = toPageBy(rows, limit, (row) => row.commitmentId);
    const from = since === undefined ? null : new Date(since);
    const items: Recovered[] = [];
    await inParallel(page.items, WIDTH, async (escrow) => {
      items.push(...(await this.escrows.recover(escrow, from, dryRun)));
    });
    if (!dryRun) await this.record(commitmentId, page.items.length, items);
    const { nextCursor } = page;
    return { looked: page.items.length, items: items.map(itemView), nextCursor };
  }

  private async record(commitmentId: string | undefined, looked: number, items: readonly Recovered[]) {
    const count = (outcome: Recovered['outcome']) => items.filter((one) => one.outcome === outcome).length;
    await this.audit.recordAlone({
      event: 'admin_recover_ok',
      ...(commitmentId === undefined ? {} : { commitmentId }),
      fields: { looked, booked: count('booked'), waiting: count('waiting'), stopped: count('stopped') },
    });
  }
}

function itemView({ lamports, ...item }: Recovered): RecoveryItemDto {
  return { ...item, ...(lamports === undefined ? {} : { lamports: toJsonLamports(lamports) }) };
}
