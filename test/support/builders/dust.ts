import { Connection, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import { MEMO_PROGRAM } from '#src/chain/signing/transfer-transaction.js';
import { inParallel } from '#src/common/in-parallel.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { pollUntil } from '../poll.js';
import { fundedWallet, type TestWallet } from './wallets.js';

const WIDTH = 8;
/** How many transfers share a blockhash, which on a chain of fast slots lives for seconds. */
const SHARED = 20;
const PAGE = 1_000;

/** What a stranger sends: the nth transfer is of n lamports, and may have a memo. */
export interface Flood {
  readonly escrow: string;
  readonly count: number;
  readonly memoOf: (nth: number) => string | undefined;
}

/** Sends them all and waits until the chain lists every one of them as final. */
export async function flood(chain: LocalChain, given: Flood): Promise<void> {
  const connection = new Connection(chain.rpcUrl, 'finalized');
  const stranger = await fundedWallet(chain);
  const all = Array.from({ length: given.count }, (_, index) => index + 1);
  let lease = connection.getLatestBlockhash('confirmed');
  await inParallel(all, WIDTH, async (nth) => {
    if (nth % SHARED === 0) lease = connection.getLatestBlockhash('confirmed');
    const transaction = transfer(given, stranger, nth);
    transaction.recentBlockhash = (await lease).blockhash;
    transaction.sign(stranger.keypair);
    await connection.sendRawTransaction(transaction.serialize(), { skipPreflight: true, maxRetries: 0 });
  });
  const address = new PublicKey(stranger.address);
  await pollUntil(`${given.count} transfers to be final`, async () =>
    (await countOf(connection, address)) === given.count ? true : undefined,
  );
}

function transfer({ escrow, memoOf }: Flood, { keypair }: TestWallet, nth: number): Transaction {
  const made = new Transaction({ feePayer: keypair.publicKey }).add(
    SystemProgram.transfer({
      fromPubkey: keypair.publicKey,
      toPubkey: new PublicKey(escrow),
      lamports: nth,
    }),
  );
  const memo = memoOf(nth);
  if (memo === undefined) return made;
  return made.add(new TransactionInstruction({ programId: MEMO_PROGRAM, keys: [], data: Buffer.from(memo) }));
}

async function countOf(connection: Connection, address: PublicKey): Promise<number> {
  let [count, before]: [number, string | undefined] = [0, undefined];
  for (;;) {
    const options = { limit: PAGE, ...(before === undefined ? {} : { before }) };
    const page = await connection.getSignaturesForAddress(address, options, 'finalized');
    count += page.length;
    before = page.at(-1)?.signature;
    if (page.length < PAGE) return count;
  }
}
