import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Seal } from '#src/audit/seals/audit-seal.js';
import { AuditKeys } from '#src/audit/seals/audit-keys.service.js';
import { ProofSeals } from '#src/audit/seals/proof-seals.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { decodeSequenceCursor, encodeCursor, type PageQuery } from '#src/common/pages.js';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import { commitmentNotFound } from '#src/commitments/commitment/commitment.errors.js';
import { byTopic, fitting, PROOF_VERSION, proofHash, type ProofRecord, proofStatement } from './proof.js';
import { ProofRepository, type ProvenCommitment } from './proof.repository.js';
import type { ProofDto, ProofSealDto } from './proofs.dto.js';

interface Found {
  readonly commitment: ProvenCommitment;
  readonly records: readonly ProofRecord[];
  readonly seals: readonly Seal[];
  readonly nextCursor: string | null;
}

/** Everything that somebody needs to check a commitment without us, page by page, each of them signed. */
@Injectable()
export class Proofs {
  constructor(
    private readonly rows: ProofRepository,
    private readonly seals: ProofSeals,
    private readonly keys: AuditKeys,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `commitment_not_found`, `invalid_cursor` */
  async page(commitmentId: string, { limit, cursor }: PageQuery): Promise<ProofDto> {
    const after = decodeSequenceCursor(cursor) ?? '0';
    const found = await this.transactions.snapshot((manager) =>
      this.read(manager, commitmentId, after, limit),
    );
    if (found === null) throw commitmentNotFound(commitmentId);
    const { commitment, records, nextCursor } = found;
    const { terms, termsHash, escrow } = commitment;
    const content = {
      version: PROOF_VERSION,
      commitmentId,
      cursor: cursor ?? null,
      readAt: this.clock.now().toISOString(),
      escrow,
      terms: terms as Readonly<Record<string, CanonicalValue>>,
      termsHash,
      ...byTopic(records),
      seals: found.seals.map(sealView),
      sealKeys: (await this.keys.list()).keys,
      nextCursor,
    } as const;
    const hash = proofHash(content as unknown as CanonicalValue);
    const { signedBy = null, signature = null } = this.seals.sign(proofStatement(hash)) ?? {};
    return { ...content, hash, signedBy, signature };
  }

  private async read(
    manager: EntityManager,
    id: string,
    after: string,
    limit: number,
  ): Promise<Found | null> {
    const commitment = await this.rows.commitment(manager, id);
    if (commitment === null) return null;
    const lines = await this.rows.lines(manager, id, after, limit + 1);
    const holders = await this.seals.ofLines(
      manager,
      lines.map((line) => line.id),
    );
    const shown = fitting(lines, limit, holders);
    const rows = await this.rows.rows(manager, id, shown);
    const records = shown.map(({ table, key, id: lineId, ts, txid }, index) => {
      const line = { id: lineId, ts, txid };
      return { table, key, row: rows[index] ?? '', line, sealId: holders.get(lineId) ?? null };
    });
    const sealIds = new Set(records.flatMap(({ sealId }) => sealId ?? []));
    const seals = sealIds.size === 0 ? [] : await this.seals.find(manager, [...sealIds]);
    const last = shown.at(-1);
    const hasMore = shown.length < lines.length && last !== undefined;
    return { commitment, records, seals, nextCursor: hasMore ? encodeCursor(last.id) : null };
  }
}

function sealView(seal: Seal): ProofSealDto {
  const { id, prevHash, rowIds, foreignIds, digests, keyNumber, hash, signature, drained } = seal;
  const { fromTxid, toTxid, nextTxid, fromId, floorId, maxId, openedAt, sealedAt } = seal;
  const bounds = { fromTxid, toTxid, nextTxid, fromId, floorId, maxId, drained, openedAt, sealedAt };
  const members = { rowIds: [...rowIds], foreignIds: [...foreignIds] };
  const digest = Buffer.from(digests).toString('base64');
  return { id, prevHash, keyNumber, ...bounds, ...members, digests: digest, hash, signature };
}
