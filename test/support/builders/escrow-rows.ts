import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { addressOfSeed } from '#src/chain/signing/keypair.js';
import { deriveVaultKey, open, seal } from '#src/escrow/keys/vault.js';
import { execute } from '../sql.js';
import { TestWallet } from './wallets.js';

/** An escrow as the service would have written it, and what is in it. */
export interface EscrowRow {
  readonly commitmentId: string;
  readonly address: string;
  readonly messageHash: string;
  readonly termsHash: string;
  readonly seed: Uint8Array;
  readonly keyId: string;
  readonly ciphertext: Buffer;
}

const PORTION = 2_000;

/** Escrows sealed with this secret. */
export function sealedRows(secret: string, count: number): EscrowRow[] {
  const key = deriveVaultKey(secret);
  return Array.from({ length: count }, () => {
    const row = newRow();
    return { ...row, keyId: key.id, ciphertext: seal(key, row, row.seed, randomBytes(12)) };
  });
}

/** Writes them, each with an active personal commitment of its own. */
export async function insertRows(databaseUrl: string, rows: readonly EscrowRow[]): Promise<void> {
  const [wallet, destination] = [TestWallet.generate().address, TestWallet.generate().address];
  for (let start = 0; start < rows.length; start += PORTION) {
    const portion = rows.slice(start, start + PORTION);
    await execute(
      databaseUrl,
      `WITH made AS (
         INSERT INTO commitments (id, kind, wallet, destination_on_fail, amount_lamports, deadline, terms, terms_hash,
           message_hash, signature, created_at)
         SELECT id, 'personal', $5, $6, 1000000, now() + interval '1 day', '{}', repeat('a', 64),
           message_hash, 'x', now()
         FROM unnest($1::uuid[], $7::text[]) AS given (id, message_hash))
       INSERT INTO escrows (commitment_id, address, custody, key_id, ciphertext, created_at)
       SELECT id, address, 'local', key_id, ciphertext, now()
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[]) AS given (id, address, key_id, ciphertext)`,
      [
        portion.map(({ commitmentId }) => commitmentId),
        portion.map(({ address }) => address),
        portion.map(({ keyId }) => keyId),
        portion.map(({ ciphertext }) => ciphertext),
        wallet,
        destination,
        portion.map(({ messageHash }) => messageHash),
      ],
    );
  }
}

/** Commitment ids whose row this secret does not open to the seed that was put into it. */
export async function notOpenedBy(
  databaseUrl: string,
  secret: string,
  rows: readonly EscrowRow[],
): Promise<string[]> {
  const key = deriveVaultKey(secret);
  const stored = await execute<{ id: string; keyId: string; ciphertext: Buffer }>(
    databaseUrl,
    'SELECT commitment_id AS id, key_id AS "keyId", ciphertext FROM escrows',
  );
  const byId = new Map(stored.map((row) => [row.id, row]));
  return rows.flatMap((row) => {
    const found = byId.get(row.commitmentId);
    const opens = found?.keyId === key.id && seedIn(found.ciphertext, row, key)?.equals(row.seed);
    return opens === true ? [] : [row.commitmentId];
  });
}

function seedIn(
  ciphertext: Buffer,
  row: EscrowRow,
  key: ReturnType<typeof deriveVaultKey>,
): Buffer | undefined {
  try {
    return Buffer.from(open(key, row, ciphertext));
  } catch {
    return undefined;
  }
}

function newRow(): Omit<EscrowRow, 'keyId' | 'ciphertext'> {
  const seed = Uint8Array.from(randomBytes(32));
  const messageHash = randomBytes(32).toString('hex');
  return { commitmentId: v7(), address: addressOfSeed(seed), messageHash, termsHash: 'a'.repeat(64), seed };
}
