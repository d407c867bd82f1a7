import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { CSV_HEAD, csvLine, ndjsonHead, ndjsonLine, ndjsonRow, ndjsonSeal } from './audit-export.js';
import { AuditSealRepository } from '#src/audit/seals/audit-seal.repository.js';
import { type AuditFilters, AuditSearchRepository } from './audit-search.repository.js';
import type { AuditSearch } from './audit-search.js';
import type { AuditLine, Seal, SealedLine } from '#src/audit/seals/audit-seal.js';
import { SealKeyRepository } from '#src/audit/seals/seal-key.repository.js';

const ROWS = 1_000;
const SEALS = 10;

/**
 * The log as a stream, oldest first, read in portions while the client takes them: any number of rows in the memory of one
 * portion. A client that goes away ends the reading.
 */
@Injectable()
export class AuditExport {
  constructor(
    private readonly searches: AuditSearchRepository,
    private readonly seals: AuditSealRepository,
    private readonly keys: SealKeyRepository,
    private readonly transactions: Transactions,
  ) {}

  async csv(filters: AuditFilters): Promise<Readable> {
    const search = await this.searches.prepare(this.transactions.manager, filters);
    return toStream(CSV_HEAD, this.lines(search, csvLine));
  }

  /**
   * Without a filter it has the journal of changes and the seals among the rows, each seal behind the last line up to its
   * `maxId`, and can be verified.
   */
  async ndjson(filters: AuditFilters): Promise<Readable> {
    const { manager } = this.transactions;
    if (Object.values(filters).some((filter) => filter !== undefined)) {
      return toStream('', this.lines(await this.searches.prepare(manager, filters), ndjsonRow));
    }
    const last = (await this.seals.findLast(manager))?.id ?? '0';
    const keys = await this.keys.findAll(manager);
    return toStream(ndjsonHead(last, keys), this.sealed(last));
  }

  private async *lines(search: AuditSearch, print: (row: AuditLine) => string): AsyncGenerator<string> {
    for await (const rows of this.portions(search)) yield rows.map(print).join('');
  }

  private async *sealed(lastSeal: string): AsyncGenerator<string> {
    const seals = this.sealsUpTo(lastSeal);
    let next = await seals.next();
    for await (const rows of this.allLines()) {
      let text = '';
      for (const row of rows) {
        for (; next.done !== true && BigInt(row.id) > BigInt(next.value.maxId); next = await seals.next()) {
          text += ndjsonSeal(next.value);
        }
        text += ndjsonLine(row);
      }
      yield text;
    }
    for (; next.done !== true; next = await seals.next()) yield ndjsonSeal(next.value);
  }

  private async *portions(search: AuditSearch): AsyncGenerator<AuditLine[]> {
    for (let afterId = search.afterId; ;) {
      const page = { ...search, afterId };
      const rows = await this.searches.find(this.transactions.manager, page, 'ASC', ROWS);
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS) return;
      afterId = rows.at(-1)?.id;
    }
  }

  private async *allLines(): AsyncGenerator<SealedLine[]> {
    for (let after = '0'; ;) {
      const lines = await this.seals.findLines(this.transactions.manager, after, ROWS);
      if (lines.length > 0) yield lines;
      if (lines.length < ROWS) return;
      after = lines.at(-1)?.id ?? after;
    }
  }

  private async *sealsUpTo(lastSeal: string): AsyncGenerator<Seal, undefined> {
    for (let after = '0'; ;) {
      const seals = await this.seals.findPortion(this.transactions.manager, after, lastSeal, SEALS);
      yield* seals;
      if (seals.length < SEALS) return undefined;
      after = seals.at(-1)?.id ?? lastSeal;
    }
  }
}

/** The first portion is read before the answer begins: what fails then is answered with a problem. */
async function toStream(head: string, portions: AsyncGenerator<string>): Promise<Readable> {
  const first = await portions.next();
  async function* all(): AsyncGenerator<string> {
    try {
      yield head + (first.done === true ? '' : first.value);
      yield* portions;
    } finally {
      await portions.return(undefined);
    }
  }
  return Readable.from(all(), { objectMode: false, highWaterMark: 1 });
}
