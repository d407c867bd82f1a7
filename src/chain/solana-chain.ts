import { Injectable } from '@nestjs/common';
import { PublicKey } from '@solana/web3.js';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import type { Lamports } from '../common/lamports.js';
import { readAccount, readBalances, readClock } from './account-reads.js';
import { broadcast, simulate } from './broadcast.js';
import {
  type AccountState,
  type Balance,
  type BlockhashLease,
  type BroadcastResult,
  Chain,
  type ChainTime,
  type DeathQuestion,
  type DeathVerdict,
  type EndpointReport,
  type FinalizedMemo,
  type SignatureStatus,
  type SimulationResult,
  type TokenAccount,
  type TokenAccountRef,
  type TokenHolding,
  type TokenMint,
} from './chain.js';
import { readFinalizedMemo } from './memo-transaction.js';
import { finalizedHeight, proveDead } from './death-proof-collector.js';
import { probeEndpoints } from './endpoint-probe.js';
import { priorityFeeFor } from './priority-fee.js';
import { toCount } from './rpc-endpoint.js';
import { RpcPool } from './rpc-pool.js';
import { lookUpStatuses } from './signature-lookup.js';
import { readTokenAccounts, readTokenAmounts, readTokenHoldings, readTokenMint } from './token-reads.js';

const RENT_CACHE_MS = 60_000;
/** As many accounts as `getRecentPrioritizationFees` takes. */
const MAX_FEE_ACCOUNTS = 128;

/** The chain port over Solana JSON-RPC. The port's docstrings are the contract. */
@Injectable()
export class SolanaChain extends Chain {
  private readonly pool: RpcPool;
  private rent: { readonly lamports: Lamports; readonly readAt: number } | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.pool = new RpcPool(settings, clock);
  }

  now(): Promise<ChainTime> {
    return readClock(this.pool);
  }

  balances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]> {
    return readBalances(this.pool, addresses, minSlot);
  }

  account(address: string, minSlot?: bigint): Promise<AccountState> {
    return readAccount(this.pool, address, minSlot);
  }

  async rentExemptMinimum(): Promise<Lamports> {
    const now = this.clock.now().getTime();
    if (this.rent !== null && now - this.rent.readAt < RENT_CACHE_MS) return this.rent.lamports;
    const lamports = await this.pool.call('getMinimumBalanceForRentExemption', async ({ connection }) =>
      toCount(await connection.getMinimumBalanceForRentExemption(0, 'confirmed')),
    );
    this.rent = { lamports, readAt: now };
    return lamports;
  }

  latestBlockhash(): Promise<BlockhashLease> {
    return this.pool.call('getLatestBlockhash', async ({ connection }) => {
      const { context, value } = await connection.getLatestBlockhashAndContext('confirmed');
      return {
        blockhash: value.blockhash,
        lastValidBlockHeight: toCount(value.lastValidBlockHeight),
        slot: toCount(context.slot),
      };
    });
  }

  async priorityFee(writableAccounts: readonly string[]): Promise<bigint> {
    const max = this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS;
    const keys = writableAccounts.slice(0, MAX_FEE_ACCOUNTS).map((address) => new PublicKey(address));
    try {
      const recent = await this.pool.call('getRecentPrioritizationFees', ({ connection }) =>
        connection.getRecentPrioritizationFees({ lockedWritableAccounts: keys }),
      );
      return priorityFeeFor(
        recent.map((entry) => entry.prioritizationFee),
        max,
      );
    } catch {
      return priorityFeeFor(null, max);
    }
  }

  simulate(message: Uint8Array): Promise<SimulationResult> {
    return simulate(this.pool, message);
  }

  broadcast(transaction: Uint8Array, first: boolean): Promise<BroadcastResult> {
    return broadcast(this.pool, transaction, first);
  }

  signatureStatuses(signatures: readonly string[], history: boolean): Promise<SignatureStatus[]> {
    return lookUpStatuses(this.pool, signatures, history);
  }

  finalizedMemo(signature: string): Promise<FinalizedMemo | null> {
    return this.pool.call('getTransaction', (endpoint) => readFinalizedMemo(endpoint, signature));
  }

  finalizedBlockHeight(): Promise<bigint> {
    return this.pool.call('getBlockHeight', finalizedHeight);
  }

  proveDead(question: DeathQuestion): Promise<DeathVerdict> {
    return proveDead(this.pool, question);
  }

  tokenMint(mint: string): Promise<TokenMint | null> {
    return readTokenMint(this.pool, mint);
  }

  tokenHoldings(mint: string, owners: readonly string[]): Promise<Map<string, TokenHolding>> {
    return readTokenHoldings(this.pool, mint, owners);
  }

  tokenAccountsOf(mint: string, owner: string): Promise<TokenAccount[]> {
    return readTokenAccounts(this.pool, mint, owner);
  }

  tokenAmounts(mint: string, accounts: readonly TokenAccountRef[]): Promise<(bigint | null)[]> {
    return readTokenAmounts(this.pool, mint, accounts);
  }

  endpoints(): Promise<EndpointReport[]> {
    return probeEndpoints(this.pool);
  }
}
