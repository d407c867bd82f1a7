import { writeFileSync } from 'node:fs';
import { messageOf } from '#src/common/errors/errors.js';
import { type CommitmentAnswer, type PaymentAnswer, RestClient } from './rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { transferSol } from '#src/local/chain/transfer-sol.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import type { LocalBanner, LocalWorld } from './world.js';

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
  /** Address of its builder. */
  readonly wallet: string;
}

interface Stagehands {
  readonly client: RestClient;
  readonly admin: RestClient | null;
  readonly rpcUrl: string;
  readonly fundSol: (address: string, lamports: bigint) => Promise<void>;
  /** Writes down the keypair of the builder whose commitment is left to be attested. */
  readonly keep: (builder: LocalWallet) => void;
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
      keep: (builder) => {
        if (world.banner.builderKeypairFile === undefined) return;
        writeFileSync(world.banner.builderKeypairFile, `${builder.toJson()}\n`, { mode: 0o600 });
      },
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
  if (story.until === 'funded') hands.keep(authority);
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
  const stage = story.until === 'succeeded' && !admin ? 'attested' : story.until;
  return { id: made.id, stage, wallet: authority.address };
}

async function succeed(admin: RestClient, id: string): Promise<void> {
  await admin.act<PaymentAnswer>('admin.commitment.success', { commitmentId: id });
  await pollUntil(`commitment ${id} to be succeeded`, async () => {
    const { body } = await admin.get<CommitmentAnswer>(`/commitments/${id}`);
    return body.status === 'succeeded' ? true : undefined;
  });
}

/** What the tour of README.md needs to know of the examples, for the banner. */
export function tourOf(seeded: readonly SeededCommitment[], { builderKeypairFile }: LocalBanner): string[] {
  const of = (stage: Stage) => seeded.find((one) => one.stage === stage);
  const [toAttest, toResolve, paid] = [of('funded'), of('attested'), of('succeeded')];
  const lines = [
    toAttest && `to attest      ${toAttest.id}, wallet ${toAttest.wallet}`,
    toAttest && builderKeypairFile && `  its keypair  ${builderKeypairFile}`,
    toResolve && `to resolve     npm run ops -- commitments success ${toResolve.id}`,
    paid && `paid already   ${paid.id}`,
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? [] : ['Example commitments:', '', ...lines.map((line) => `  ${line}`), ''];
}
