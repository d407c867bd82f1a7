import type { LocalChain } from '#src/local/chain/chain.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';

export { LocalWallet as TestWallet } from '#src/local/chain/local-wallet.js';
export { airdrop, balanceOf, transferSol } from '#src/local/chain/transfer-sol.js';

export const SOL = 1_000_000_000n;

/** A fresh wallet with this balance, in lamports. */
export async function fundedWallet(chain: LocalChain, lamports: bigint = 10n * SOL): Promise<LocalWallet> {
  const wallet = LocalWallet.generate();
  await chain.cheats.fundSol(wallet.address, lamports);
  return wallet;
}
