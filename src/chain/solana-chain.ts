import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { readAccount, readBalances, readClock } from '#src/chain/rpc/account-reads.js';
import { BriefMemory } from '#src/chain/rpc/brief-memory.js';
import { broadcast } from '#src/chain/rpc/broadcast.js';
import {
  type AccountState,
  type Balance,
  type BlockhashLease,
  type BroadcastResult,
  Chain,
  type ChainTime,
  type EndpointReport,
  type RequestCount,
  type FinalizedMemo,
  type AddressTransaction,
  type HistoryCursor,
  type HistoryEntry,
  type HistoryPart,
  type Landing,
  type PastHolder,
  type SimulationResult,
  type TokenAccount,
  type TokenAccountRef,
  type TokenMint,
} from '#src/chain/port/chain.js';
import type { CreatorFees, PumpCoin } from '#src/chain/port/pump-coin.js';
import { readCreatorFees } from '#src/chain/pump/creator-fees-reads.js';
import { readFeeRecipient } from '#src/chain/pump/fee-recipient-reads.js';
import { readPumpCoin } from '#src/chain/pump/pump-coin-reads.js';
import { readHistory } from '#src/chain/rpc/history-reads.js';
import { isChainTrouble, RpcUnavailableError } from '#src/chain/port/chain.errors.js';
import type { DeathFinding, DeathQuestion } from '#src/chain/port/death.js';
import { readFinalizedMemo } from '#src/chain/signing/memo-transaction.js';
import { finalizedHeight, proveDead } from '#src/chain/death/death-proof-collector.js';
import { readTransactionOf } from '#src/chain/history/address-transaction.js';
import { readHistorySince } from '#src/chain/history/history-since.js';
import { EndpointProbe } from '#src/chain/endpoints/endpoint-probe.js';
import { EndpointWatch } from '#src/chain/endpoints/endpoint-watch.js';
import { refuseUnfit } from '#src/chain/endpoints/start-check.js';
import { priorityFeeFor } from '#src/chain/signing/priority-fee.js';
import { toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { readRecentFees } from '#src/chain/rpc/recent-fees.js';
import { RpcPool } from '#src/chain/rpc/rpc-pool.js';
import { simulate } from '#src/chain/rpc/simulate.js';
import { readTokenAccounts, readTokenAmounts, readTokenMint } from '#src/chain/tokens/token-reads.js';
import { equalBalances, lowerBalances } from '#src/chain/voices/agreed-balances.js';
import { actSeconds } from '#src/chain/voices/act-time.js';
import { agreeOnSimulation } from '#src/chain/voices/agreed-simulation.js';
import { agreeOnTime } from '#src/chain/voices/agreed-time.js';
import { LandingRounds } from '#src/chain/voices/landing-rounds.js';
import { readLandings } from '#src/chain/voices/landings.js';
import { lowerSlot } from '#src/chain/voices/agreed-past.js';
import { readLease } from '#src/chain/voices/lease.js';
import { readPastHoldings } from '#src/chain/voices/past-holdings.js';
import { silence } from '#src/chain/voices/hearing.js';
import { type Heard, Voices } from '#src/chain/voices/voices.js';

const RENT_CACHE_MS = 60_000;
/** A payout is looked at, decided and planned within less, at one price. */
const FEES_CACHE_MS = 2_000;

/** The chain port over Solana JSON-RPC. The port's docstrings are the contract. */
@Injectable()
export class SolanaChain extends Chain implements OnModuleInit, OnModuleDestroy {
  private readonly pool: RpcPool;
  private readonly voices: Voices;
  private readonly watch: EndpointWatch;
  private readonly probe: EndpointProbe;
  private readonly rounds = new LandingRounds((signatures, history) =>
    readLandings(this.voices, signatures, history),
  );
  private readonly recentFees: BriefMemory<number[]>;
  private rent: { readonly lamports: Lamports; readonly readAt: number } | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.pool = new RpcPool(settings, clock);
    this.recentFees = new BriefMemory(clock, FEES_CACHE_MS);
    this.watch = new EndpointWatch(this.pool, clock, settings.env.SOLANA_CLUSTER);
    this.probe = new EndpointProbe(this.pool, this.watch, clock);
    this.voices = new Voices(this.pool, clock, settings.env.RPC_SECOND_VOICE_WAIT_SECONDS * 1000);
  }

  async onModuleInit(): Promise<void> {
    if (this.settings.isProduction) await refuseUnfit(this.pool, this.watch);
    this.watch.start();
  }

  onModuleDestroy(): void {
    this.watch.stop();
  }

  async now(): Promise<ChainTime> {
    const heard = await this.voices.hear('clock', (voice) => readClock(voice));
    const own = this.settings.isLocalCluster ? null : this.clock.now().getTime() / 1000;
    return this.voices.decided('the time', heard, agreeOnTime(heard.hearing, heard.standing, own));
  }

  async timeOfAct(issuedAt: Date): Promise<Date> {
    const issued = Math.floor(issuedAt.getTime() / 1000);
    try {
      const { unixSeconds } = await this.now();
      // The local cluster's time can be moved away from ours: it alone counts there.
      return new Date((this.settings.isLocalCluster ? unixSeconds : actSeconds(unixSeconds, issued)) * 1000);
    } catch (error) {
      if (error instanceof RpcUnavailableError || !isChainTrouble(error)) throw error;
      return new Date(actSeconds(null, issued) * 1000);
    }
  }

  async balances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]> {
    const heard = await this.hearBalances(addresses, minSlot);
    const agreement = lowerBalances(heard.hearing, heard.standing);
    return [...this.voices.decided('balances', heard, agreement)];
  }

  async equalBalances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]> {
    const heard = await this.hearBalances(addresses, minSlot);
    const agreement = equalBalances(heard.hearing, heard.standing);
    return [...this.voices.decided('balances', heard, agreement)];
  }

  shownTime(): Promise<ChainTime> {
    return readClock(this.pool);
  }

  shownBalances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]> {
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
    return readLease(this.pool, this.voices);
  }

  async priorityFee(writableAccounts: readonly string[]): Promise<bigint> {
    const { PRIORITY_FEE_MIN_MICRO_LAMPORTS: min, PRIORITY_FEE_MAX_MICRO_LAMPORTS: max } = this.settings.env;
    const bounds = { min: BigInt(min), max: BigInt(max) };
    try {
      return priorityFeeFor(
        await this.recentFees.of(writableAccounts.join(), () => readRecentFees(this.pool, writableAccounts)),
        bounds,
      );
    } catch {
      return priorityFeeFor(null, bounds);
    }
  }

  async simulate(message: Uint8Array): Promise<SimulationResult> {
    const heard = await this.voices.hear('simulateTransaction', (voice) => simulate(voice, message));
    const agreement = agreeOnSimulation(heard.hearing, heard.standing);
    return this.voices.decided('a simulation', heard, agreement);
  }

  simulateFirst(message: Uint8Array): Promise<SimulationResult> {
    return simulate(this.pool, message, true);
  }

  broadcast(transaction: Uint8Array): Promise<BroadcastResult> {
    return broadcast(this.pool, transaction);
  }

  landings(signatures: readonly string[], history: boolean): Promise<Landing[]> {
    return this.rounds.ask(signatures, history);
  }

  finalizedMemo(signature: string): Promise<FinalizedMemo | null> {
    return this.pool.call('getTransaction', (endpoint) => readFinalizedMemo(endpoint, signature));
  }

  history(address: string, before?: string): Promise<HistoryEntry[]> {
    return this.pool.call('getSignaturesForAddress', (endpoint) =>
      readHistory(endpoint, address, { before }),
    );
  }

  historySince(address: string, cursor: HistoryCursor | null, since: Date): Promise<HistoryPart> {
    // The local chain's time can be moved away from ours, and it forgets nothing.
    const made = this.settings.isLocalCluster ? null : since;
    return readHistorySince(this.voices, address, cursor, made);
  }

  transactionOf(address: string, signature: string): Promise<AddressTransaction | null> {
    return this.pool.call('getTransaction', (endpoint) => readTransactionOf(endpoint, address, signature));
  }

  async finalizedBalances(addresses: readonly string[]): Promise<Balance[]> {
    const heard = await this.voices.hear('getMultipleAccounts', (voice) =>
      readBalances(voice, addresses, undefined, 'finalized'),
    );
    const agreement = lowerBalances(heard.hearing, heard.standing);
    return [...this.voices.decided('balances', heard, agreement)];
  }

  async finalizedHeights(): Promise<{ readonly lowest: bigint; readonly highest: bigint }> {
    const heard = await this.voices.hear('getBlockHeight', (voice) =>
      voice.call('getBlockHeight', finalizedHeight),
    );
    const told = heard.hearing.words.map(({ answer }) => answer).toSorted((a, b) => (a < b ? -1 : 1));
    const [lowest, highest] = [told[0], told.at(-1)];
    if (lowest === undefined || highest === undefined)
      return this.voices.decided('the finalized height', heard, silence(heard.hearing));
    return { lowest, highest };
  }

  proveDead(question: DeathQuestion): Promise<DeathFinding> {
    const ageMs = this.clock.now().getTime() - question.signedAt.getTime();
    return proveDead(this.pool, question, { ageMs, isLocal: this.settings.isLocalCluster });
  }

  tokenMint(mint: string): Promise<TokenMint | null> {
    return readTokenMint(this.pool, mint);
  }

  shownPumpCoin(mint: string): Promise<PumpCoin> {
    return readPumpCoin(this.pool, mint);
  }

  pumpFeeRecipient(): Promise<string | null> {
    return readFeeRecipient(this.pool);
  }

  shownCreatorFees(wallet: string, tokenMint: string | null): Promise<CreatorFees> {
    return readCreatorFees(this.pool, wallet, tokenMint);
  }

  tokenAccountsOf(mint: string, owner: string): Promise<TokenAccount[]> {
    return readTokenAccounts(this.pool, mint, owner);
  }

  tokenAmounts(mint: string, accounts: readonly TokenAccountRef[]): Promise<(bigint | null)[]> {
    return readTokenAmounts(this.pool, mint, accounts);
  }

  async finalizedSlot(): Promise<bigint> {
    const heard = await this.voices.hear('getSlot', (voice) =>
      voice.call('getSlot', async ({ connection }) => toCount(await connection.getSlot('finalized'))),
    );
    return this.voices.decided('the finalized slot', heard, lowerSlot(heard.hearing, heard.standing));
  }

  pastHoldings(
    token: Pick<TokenMint, 'mint' | 'program'>,
    slot: bigint,
    holders: readonly PastHolder[],
  ): Promise<bigint[]> {
    return readPastHoldings(this.voices, token, slot, holders);
  }

  private hearBalances(addresses: readonly string[], minSlot?: bigint): Promise<Heard<Balance[]>> {
    return this.voices.hear('getMultipleAccounts', (voice) => readBalances(voice, addresses, minSlot));
  }

  async silentVoices(): Promise<{ voice: string; forMs: number }[]> {
    if (this.pool.voices.length < 2) return [];
    await this.voices.hear('getSlot', (voice) =>
      voice.call('getSlot', ({ connection }) => connection.getSlot('confirmed')),
    );
    const longest = this.voices.silences.longest(this.clock.now().getTime());
    return [...longest].map(([voice, forMs]) => ({ voice, forMs }));
  }

  async endpoints(): Promise<EndpointReport[]> {
    await this.watch.look();
    return this.probe.reports();
  }

  requestCounts(): readonly RequestCount[] {
    return this.pool.endpoints.flatMap(({ label: endpoint, outcomes }) =>
      [...outcomes].map(([outcome, count]) => ({ endpoint, outcome, count })),
    );
  }
}
