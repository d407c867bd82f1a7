import { createHash } from 'node:crypto';
import { DIGEST_BYTES, lineDigest, type Seal, sealHash } from '#src/audit/seals/audit-seal.js';
import { keyStatement, sealStatement } from '#src/audit/seals/seal-key.js';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import { proofHash, type ProofRecord, proofStatement, TOPICS } from '#src/proofs/proof.js';
import { TestWallet } from '../builders/wallets.js';
import type { ProofPage } from './proof.js';

/** What is told of a row instead: another text, or null where it is left out. */
export type Lie = (record: ProofRecord) => string | null;

type ToldSeal = Omit<Seal, 'digests'> & { readonly digests: string };

/** The same proof as of a service that tells other rows, and has sealed and signed them with a key of its own. */
export function retold(pages: readonly ProofPage[], lie: Lie): ProofPage[] {
  const key = TestWallet.generate();
  const own = { number: 1, publicKey: key.address, afterSeal: '0' };
  const sealKeys = [{ ...own, ownSignature: key.signBase58(keyStatement(own, null)) }];
  const digests = new Map<string, Buffer>();
  const told = pages.map((page) => ({ ...page, ...topicsOf(page, lie, digests) }));
  return told.map((page) => {
    const seals = (page['seals'] as ToldSeal[]).map((seal) => resealed(seal, digests, key));
    return signed({ ...page, seals, sealKeys }, key);
  });
}

function signed(page: ProofPage, key: TestWallet): ProofPage {
  const { hash: _hash, signedBy: _signedBy, signature: _signature, ...content } = page;
  const hash = proofHash(content as unknown as CanonicalValue);
  return { ...content, hash, signedBy: key.address, signature: key.signBase58(proofStatement(hash)) };
}

function topicsOf(page: ProofPage, lie: Lie, digests: Map<string, Buffer>): Record<string, ProofRecord[]> {
  const topics = TOPICS.map((topic) => {
    const records = (page[topic] as ProofRecord[]).flatMap((record) => {
      const row = lie(record);
      if (row === null) return [];
      const { table, key, line } = record;
      const digest = createHash('sha256').update(row, 'utf8').digest('hex');
      digests.set(line.id, lineDigest({ ...line, table, key, digest }));
      return [{ ...record, row }];
    });
    return [topic, records] as const;
  });
  return Object.fromEntries(topics);
}

function resealed(seal: ToldSeal, digests: ReadonlyMap<string, Buffer>, key: TestWallet): ToldSeal {
  const bytes = Buffer.from(seal.digests, 'base64');
  for (const [place, id] of seal.rowIds.entries()) digests.get(id)?.copy(bytes, DIGEST_BYTES * place);
  const { id } = seal;
  const hash = sealHash({ ...seal, keyNumber: 1, digests: bytes });
  const signature = key.signBase58(sealStatement({ id, hash }));
  return { ...seal, keyNumber: 1, digests: bytes.toString('base64'), hash, signature };
}

/** A lie about one column of the first row of a table that holds this text. */
export function column(table: string, holds: string, name: string, value: (old: string) => string): Lie {
  return about(table, holds, (row) =>
    row.replace(
      new RegExp(`("${name}": "?)([^",}]*)`),
      (_all, head: string, old: string) => head + value(old),
    ),
  );
}

/** A lie that leaves out the first row of a table that holds this text. */
export function without(table: string, holds: string): Lie {
  return about(table, holds, () => null);
}

function about(table: string, holds: string, told: (row: string) => string | null): Lie {
  let isTold = false;
  return (record) => {
    if (isTold || record.table !== table || !record.row.includes(holds)) return record.row;
    isTold = true;
    const row = told(record.row);
    if (row === record.row) throw new Error(`${record.table} ${record.key} is told as it is: ${row}`);
    return row;
  };
}
