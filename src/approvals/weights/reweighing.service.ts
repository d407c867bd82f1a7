import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { decimalOf } from '#src/common/money/decimal.js';
import { inParallel } from '#src/common/in-parallel.js';
import { holdingOf } from './holdings.js';
import { type Approval, countedAccounts, type Reweighed, shortWallets, weighSnapshot } from './reweighing.js';
import { reaches } from './weight.js';

/** Looking up all accounts of a wallet is a call each; who has moved the most is looked after first. */
const MAX_LOOKUPS = 200;
const LOOKUPS_IN_FLIGHT = 10;

/** Weighs approvals again by what their wallets hold now. Asks the chain, so never call it in a database transaction. */
@Injectable()
export class Reweighing {
  constructor(private readonly chain: Chain) {}

  /**
   * Each approval's min(weight when signalled, present amount x price when signalled), and their sum. Where that is below
   * the threshold, wallets that hold less than before get another chance: their tokens may be in new accounts of their own.
   * @param thresholdUsd exact decimal text
   * @throws RpcUnavailableError
   */
  async reweigh(mint: string, thresholdUsd: string, approvals: readonly Approval[]): Promise<Reweighed> {
    const recorded = await this.snapshot(mint, approvals);
    if (reaches(recorded.sum, decimalOf(thresholdUsd))) return recorded;
    const found = await this.lookUp(mint, shortWallets(approvals, recorded).slice(0, MAX_LOOKUPS));
    // All of it anew: what was found must not be added to amounts that were read at another moment.
    return found.size === 0 ? recorded : this.snapshot(mint, approvals, found);
  }

  private async snapshot(
    mint: string,
    approvals: readonly Approval[],
    found?: ReadonlyMap<string, readonly string[]>,
  ): Promise<Reweighed> {
    const accounts = countedAccounts(approvals, found);
    // One call for all of them: only that keeps tokens which move meanwhile from being counted twice.
    return weighSnapshot(approvals, accounts, await this.chain.tokenAmounts(mint, accounts));
  }

  private async lookUp(mint: string, wallets: readonly string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    // A mint that is gone has no accounts, and asking for those would fail for ever.
    if (wallets.length === 0 || (await this.chain.tokenMint(mint)) === null) return found;
    await inParallel(wallets, LOOKUPS_IN_FLIGHT, async (wallet) => {
      const { accounts } = holdingOf(await this.chain.tokenAccountsOf(mint, wallet));
      if (accounts.length > 0) found.set(wallet, accounts);
    });
    return found;
  }
}
