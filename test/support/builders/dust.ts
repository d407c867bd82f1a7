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

/** Sends them all until the chain lists every one of them as final: what a busy chain has dropped is sent again, once it is dead. */
export async function flood(chain: LocalChain, given: Flood): Promise<void> {
  const connection = new Connection(chain.rpcUrl, 'finalized');
  const stranger = await fundedWallet(chain);
  let missing = Array.from({ length: given.count }, (_, index) => index + 1);
  while (missing.length > 0) {
    const sent = await sendAll(connection, given, stranger, missing);
    const landed = await pollUntil(`${missing.length} transfers to be final or dead`, async () => {
      const height = await connection.getBlockHeight('finalized');
      const listed = await listedOf(connection, new PublicKey(stranger.address));
      const isOver = ({ signature, until }: Sent) => listed.has(signature) || height > until;
      return sent.every(isOver) ? listed : undefined;
    });
    missing = sent.filter(({ signature }) => !landed.has(signature)).map(({ nth }) => nth);
  }
}

interface Sent {
  readonly nth: number;
  readonly signature: string;
  /** Block height after which it cannot land. */
  readonly until: number;
}

async function sendAll(
  connection: Connection,
  given: Flood,
  stranger: TestWallet,
  missing: readonly number[],
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let lease = connection.getLatestBlockhash('confirmed');
  await inParallel([...missing.entries()], WIDTH, async ([index, nth]) => {
    if (index % SHARED === SHARED - 1) lease = connection.getLatestBlockhash('confirmed');
    const transaction = transfer(given, stranger, nth);
    const { blockhash, lastValidBlockHeight } = await lease;
    transaction.recentBlockhash = blockhash;
    transaction.sign(stranger.keypair);
    const options = { skipPreflight: true, maxRetries: 0 };
    const signature = await connection.sendRawTransaction(transaction.serialize(), options);
    sent.push({ nth, signature, until: lastValidBlockHeight });
  });
  return sent;
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

async function listedOf(connection: Connection, address: PublicKey): Promise<ReadonlySet<string>> {
  const listed = new Set<string>();
  let before: string | undefined;
  for (;;) {
    const options = { limit: PAGE, ...(before === undefined ? {} : { before }) };
    const page = await connection.getSignaturesForAddress(address, options, 'finalized');
    for (const { signature } of page) listed.add(signature);
    before = page.at(-1)?.signature;
    if (page.length < PAGE) return listed;
  }
}
