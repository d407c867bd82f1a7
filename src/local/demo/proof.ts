import { Connection, PublicKey, SystemProgram, type ParsedTransactionWithMeta } from '@solana/web3.js';
import type { Telling } from './telling.js';

/** One transfer of SOL as the chain recorded it. */
export interface Movement {
  readonly signature: string;
  readonly from: string;
  readonly to: string;
  readonly lamports: bigint;
  readonly feeLamports: bigint;
  readonly feePayer: string;
  readonly memo: string | null;
}

const MEMO_PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';

/** Every successful SOL transfer into or out of an address, oldest first, read from the chain alone. */
export async function movementsOf(rpcUrl: string, address: string): Promise<Movement[]> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const found = await connection.getSignaturesForAddress(new PublicKey(address), {}, 'confirmed');
  const movements: Movement[] = [];
  for (const { signature, err } of found.toReversed()) {
    if (err !== null) continue;
    const transaction = await connection.getParsedTransaction(signature, {
      maxSupportedTransactionVersion: 0,
    });
    if (transaction !== null) movements.push(...transfersIn(signature, transaction));
  }
  return movements.filter(({ from, to }) => from === address || to === address);
}

function transfersIn(signature: string, { transaction, meta }: ParsedTransactionWithMeta): Movement[] {
  const feePayer = transaction.message.accountKeys[0]?.pubkey.toBase58() ?? '';
  const parsed = transaction.message.instructions.flatMap((one) => ('parsed' in one ? [one] : []));
  const memo = parsed.find(({ programId }) => programId.toBase58() === MEMO_PROGRAM)?.parsed as unknown;
  return parsed
    .filter(({ programId }) => programId.equals(SystemProgram.programId))
    .flatMap((instruction) => {
      const { type, info } = instruction.parsed as {
        type: string;
        info: { source: string; destination: string; lamports: number };
      };
      if (type !== 'transfer') return [];
      return {
        signature,
        from: info.source,
        to: info.destination,
        lamports: BigInt(info.lamports),
        feeLamports: chargedFee(BigInt(info.lamports), info.source === feePayer, meta),
        feePayer,
        memo: typeof memo === 'string' ? memo : null,
      };
    });
}

/** What the fee payer lost beyond the transfer; the embedded chain leaves priority fees out of `meta.fee`. */
function chargedFee(
  lamports: bigint,
  payerIsSource: boolean,
  meta: ParsedTransactionWithMeta['meta'],
): bigint {
  const lost = BigInt(meta?.preBalances[0] ?? 0) - BigInt(meta?.postBalances[0] ?? 0);
  return payerIsSource ? lost - lamports : lost;
}

/** Compares what should be with what is; remembers every difference. */
export class Proof {
  private readonly differences: string[] = [];

  constructor(private readonly telling: Telling) {}

  equal(what: string, actual: unknown, expected: unknown): void {
    const same = Object.is(actual, expected);
    this.telling.fact(
      same ? 'proven' : 'DIFFERENT',
      `${what}: ${String(actual)}${same ? '' : `, expected ${String(expected)}`}`,
    );
    if (!same) this.differences.push(`${what} is ${String(actual)}, expected ${String(expected)}`);
  }

  /** @throws Error that lists every difference */
  conclude(): void {
    if (this.differences.length > 0)
      throw new Error(`the chain shows something else:\n  ${this.differences.join('\n  ')}`);
  }
}
