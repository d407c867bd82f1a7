import { MINT_SIZE, MintLayout, TOKEN_2022_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import { newCoin } from '#src/chain/pump/launch/new-coin.js';
import { GLOBAL } from '#src/chain/pump/pump-addresses.js';
import { PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import type { RestClient } from '#src/local/rest-client.js';
import { type Reward, reward, type RewardHost } from './rewards.js';
import { setAccount } from './tokens.js';
import { TestWallet } from './wallets.js';

/** Launches of coins. What pump.fun's programs would write is written by the test: the programs are not to be had. */

export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly signature: string | null;
  readonly waitingFor: string | null;
}

export interface ShownLaunch {
  readonly mint: string;
  readonly creator: string;
  readonly steps: readonly Step[];
}

/** Texts as long as pump.fun takes them, with characters of more than one byte. */
export const LONGEST_TEXTS = {
  name: `${'é'.repeat(15)}ab`,
  symbol: 'ABCDEFGHIJKLM',
  uri: `https://example.com/${'m'.repeat(180)}`,
};

/** A commitment for a coin that does not exist yet, at a mint that is kept for its creator. */
export async function awaitingLaunch(
  host: RewardHost,
  admin: RestClient,
  given: Readonly<Record<string, unknown>> = { creatorFeeMode: 'managed' },
): Promise<Reward> {
  const creator = TestWallet.generate();
  const { body } = await admin.post<{ mint: string }>('/admin/pumpfun/mints', { creator: creator.address });
  return reward(host, { mint: body.mint, creator }, given);
}

export async function shownLaunch(host: RewardHost, { id }: Reward): Promise<ShownLaunch> {
  return (await host.client().get<ShownLaunch>(`/commitments/${id}/launch`)).body;
}

/** The coin itself, as its creation leaves it. @param supply raw units */
export async function setCoin(
  rpcUrl: string,
  mint: string,
  supply = newCoin(mint, mint).supply,
): Promise<void> {
  const data = Buffer.alloc(MINT_SIZE);
  const none = PublicKey.default;
  MintLayout.encode(
    {
      mintAuthorityOption: 0,
      mintAuthority: none,
      supply,
      decimals: 6,
      isInitialized: true,
      freezeAuthorityOption: 0,
      freezeAuthority: none,
    },
    data,
  );
  await setAccount(rpcUrl, mint, { owner: TOKEN_2022_PROGRAM_ID.toBase58(), data });
}

/** pump.fun's own settings, as far as they are read here. */
export async function setPumpGlobal(rpcUrl: string, feeRecipient: string): Promise<void> {
  const data = Buffer.alloc(300);
  data.write('a7e8e8b1c86c727f', 'hex');
  new PublicKey(feeRecipient).toBuffer().copy(data, 41);
  await setAccount(rpcUrl, GLOBAL.toBase58(), { owner: PUMP_PROGRAM.toBase58(), data });
}
