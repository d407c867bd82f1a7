import { messageOf } from '../common/errors.js';
import { type CommitmentAnswer, type PaymentAnswer, RestClient } from './client.js';
import { pollUntil } from './poll.js';
import { transferSol } from './transfer-sol.js';
import { LocalWallet } from './wallet.js';
import type { LocalWorld } from './world.js';

const DAY_MS = 86_400_000;
const FEES_LAMPORTS = 10_000_000n;

type Stage = 'created' | 'funded' | 'attested' | 'succeeded';
const STAGES: readonly Stage[] = ['created', 'funded', 'attested', 'succeeded'];

const STORIES: readonly { until: Stage; statement: string; lamports: bigint; days: number }[] = [
  { until: 'created', statement: 'Publish the beta to ten testers', lamports: 500_000_000n, days: 30 },
  {
    until: 'funded',
    statement: 'Write a chapter of the handbook every week',
    lamports: 1_000_000_000n,
    days: 21,
  },
  { until: 'attested', statement: 'Ship the mobile wallet adapter', lamports: 2_000_000_000n, days: 14 },
  { until: 'succeeded', statement: 'Release version 1.0', lamports: 1_500_000_000n, days: 7 },
];

export interface SeededCommitment {
  readonly id: string;
  readonly stage: Stage;
}

interface Stagehands {
  readonly client: RestClient;
  readonly admin: RestClient | null;
  readonly rpcUrl: string;
  readonly fundSol: (address: string, lamports: bigint) => Promise<void>;
}

/**
 * Fills a fresh world with commitments in different states, as real clients with real wallets. Does nothing in a database
 * that is not embedded. A failure costs one line on stderr and nothing else.
 * @param apiUrl where the API listens, without the prefix
 */
export async function seed(apiUrl: string, world: LocalWorld): Promise<SeededCommitment[]> {
  if (!world.banner.embeddedDatabase || !world.fundSol) return [];
  try {
    const origin = world.env['APP_ORIGIN'] ?? `http://localhost:${new URL(apiUrl).port}`;
    const stagehands: Stagehands = {
      client: new RestClient(apiUrl, origin),
      admin: await signedIn(new RestClient(apiUrl, origin), world.banner.adminKeypairFile),
      rpcUrl: world.env['SOLANA_RPC_URL']?.split(',', 1)[0]?.trim() ?? '',
      fundSol: world.fundSol,
    };
    return await Promise.all(STORIES.map((story) => play(story, stagehands)));
  } catch (error) {
    process.stderr.write(`The example commitments could not all be made: ${messageOf(error)}\n`);
    return [];
  }
}

async function signedIn(client: RestClient, keypairFile: string | undefined): Promise<RestClient | null> {
  if (keypairFile === undefined) return null;
  await client.adminLogin(LocalWallet.fromFile(keypairFile));
  return client;
}

async function play(story: (typeof STORIES)[number], hands: Stagehands): Promise<SeededCommitment> {
  const { client, admin, rpcUrl } = hands;
  const authority = LocalWallet.generate();
  const { body: made } = await client.signAction<CommitmentAnswer>(
    authority,
    'commitment.create',
    {
      kind: 'personal',
      destinationOnFail: LocalWallet.generate().address,
      amountLamports: Number(story.lamports),
      deadline: new Date(Date.now() + story.days * DAY_MS).toISOString(),
      statement: story.statement,
    },
    '/commitments',
  );
  const reaches = (stage: Stage) => STAGES.indexOf(story.until) >= STAGES.indexOf(stage);
  if (reaches('funded')) {
    await hands.fundSol(authority.address, story.lamports + FEES_LAMPORTS);
    await transferSol(rpcUrl, authority, made.escrow.address, story.lamports);
  }
  if (reaches('attested')) {
    await client.signAction(
      authority,
      'commitment.attest',
      { commitmentId: made.id },
      '/commitments/:commitmentId/attest',
    );
  }
  if (reaches('succeeded') && admin) await succeed(admin, made.id);
  return { id: made.id, stage: story.until === 'succeeded' && !admin ? 'attested' : story.until };
}

async function succeed(admin: RestClient, id: string): Promise<void> {
  await admin.post<PaymentAnswer>(`/commitments/${id}/success`);
  await pollUntil(`commitment ${id} to be succeeded`, async () => {
    const { body } = await admin.get<CommitmentAnswer>(`/commitments/${id}`);
    return body.status === 'succeeded' ? true : undefined;
  });
}
