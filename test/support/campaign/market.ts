import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { holder, launch, type Launched, type RewardHost, TOKEN } from '../builders/rewards.js';
import type { TestWallet } from '../builders/wallets.js';

/** A token, whose creator promises, and two holders. */
export interface CampaignMarket extends Launched {
  /** Its approval alone unlocks a milestone; it never claims a share. */
  readonly whale: TestWallet;
  readonly small: TestWallet;
}

export async function openCampaignMarket(host: RewardHost, feed: LocalPriceFeed): Promise<CampaignMarket> {
  const token = await launch(host, feed);
  await host.chain.cheats.fundSol(token.creator.address, 1_000_000_000_000n);
  const whale = await holder(host, token, 1_000n * TOKEN);
  return { ...token, whale, small: await holder(host, token, 100n * TOKEN) };
}
