import type { Lamports } from '#src/common/money/lamports.js';
import type { CreatorFees, PumpCoin } from './pump-coin.js';
import type { DeathFinding, DeathQuestion } from './death.js';
import type { Occupant } from './payable.js';

/** The chain's own time, from the Clock sysvar of a confirmed bank. */
export interface ChainTime {
  readonly slot: bigint;
  readonly unixSeconds: number;
}

export interface Balance {
  readonly lamports: Lamports;
  /** Slot of the bank that answered. */
  readonly slot: bigint;
  readonly occupant: Occupant;
}

/** What stands at an address. An address that nobody has paid yet has 0 lamports and `exists: false`. */
export interface AccountState extends Occupant {
  readonly lamports: Lamports;
  readonly slot: bigint;
}

/** The confirmed block height that one voice counted itself when it knew a blockhash. */
export interface LeaseHeight {
  readonly voice: string;
  readonly height: bigint;
}

export interface BlockhashLease {
  readonly blockhash: string;
  /** A transaction with this blockhash can land only in blocks of at most this height, by the count of every voice. */
  readonly lastValidBlockHeight: bigint;
  /** Slot in which the blockhash was fetched. */
  readonly slot: bigint;
  /** What each voice counted: the bound above follows from the highest. */
  readonly heights: readonly LeaseHeight[];
}

/** A SOL transfer out of an escrow, ready to be compiled. Amounts in lamports, price in micro-lamports per compute unit. */
export interface TransferPlan {
  readonly source: string;
  readonly destination: string;
  readonly lamports: Lamports;
  /** SPL Memo text: the payout id, so that chain and ledger can be matched by anyone. */
  readonly memo: string;
  /** Who pays the fee; the source itself where no fee payer is configured. */
  readonly feePayer: string;
  readonly blockhash: string;
  readonly computeUnitLimit: number;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** The mint of wrapped SOL. */
export const WRAPPED_SOL = 'So11111111111111111111111111111111111111112';

/** The closing of an escrow's own wrapped-SOL account into the escrow: what it held, and its rent, become the escrow's. */
export type UnwrapPlan = Omit<TransferPlan, 'destination' | 'lamports'>;

/** A transaction that does nothing but carry a text, signed and paid by one wallet. */
export interface MemoPlan {
  readonly memo: string;
  readonly feePayer: string;
  readonly blockhash: string;
  readonly computeUnitLimit: number;
  readonly computeUnitPriceMicroLamports: bigint;
}

/** The text that a finalized, successful transaction carries, and who paid for it. */
export interface FinalizedMemo {
  readonly memo: string;
  readonly feePayer: string;
}

/** A finalized transaction that names an address, as a node lists it. */
export interface HistoryEntry {
  readonly signature: string;
  readonly slot: bigint;
  /** All memos of it, as the node joins them; null when it carries none. */
  readonly memos: string | null;
  readonly failed: boolean;
}

/** How far an address's history is known: the newest transaction that every voice has shown, and the one before it. */
export interface HistoryCursor {
  readonly signature: string;
  /** Null for the first transaction of all. */
  readonly before: string | null;
  readonly slot: bigint;
}

/** What was added to a history since a cursor, newest first; the cursor to ask from next. */
export interface HistoryPart {
  readonly entries: readonly HistoryEntry[];
  /** Null while there is no transaction at all. */
  readonly cursor: HistoryCursor | null;
}

/** A finalized transaction as one address sees it. The bytes are proven to be those of the signature. */
export interface AddressTransaction {
  readonly signature: string;
  readonly slot: bigint;
  readonly blockTime: Date | null;
  readonly failed: boolean;
  /** Whether the address has signed: nothing else takes money out of it. */
  readonly isSigner: boolean;
  readonly balanceBefore: Lamports;
  readonly balanceAfter: Lamports;
  readonly feePayer: string;
  /** Of the whole transaction, whoever has paid it. */
  readonly feeLamports: Lamports;
  /** Whether an instruction of it is one of pump.fun's programs: they pay creator fees. */
  readonly namesPump: boolean;
  /** Whether it is the closing of the address's own wrapped-SOL account into it and nothing else, and took nothing from it. */
  readonly unwraps: boolean;
  /** What it says, where it is built as this service builds payouts; null for everything else. */
  readonly transfer: TransferPlan | null;
  readonly message: Uint8Array;
  readonly bytes: Uint8Array;
}

export type SimulationResult =
  | { readonly ok: true; readonly unitsConsumed: number }
  | { readonly ok: false; readonly error: string; readonly logs: readonly string[] };

/**
 * What an endpoint said to a broadcast. None of these is evidence that the transaction landed, and none that it did not:
 * only `landings` and `proveDead` are.
 */
export type BroadcastResult =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

/**
 * What has become of a transaction, by the words of all voices (docs/domain.md, "No single node is believed").
 * - `absent`: no voice shows it, which proves nothing.
 * - `seen`: some voice shows it, and that is not enough to book anything.
 * - `disputed`: voices contradict each other; a person has to look.
 * - `failed`: landed with an on-chain error, finalized.
 */
export type Landing =
  | { readonly state: 'absent' }
  | { readonly state: 'seen' | 'disputed'; readonly reason: string }
  | {
      readonly state: 'confirmed' | 'finalized';
      readonly slot: bigint;
      /** By one voice, whose companions have been silent for long: its amount stays promised until `finalized`. */
      readonly alone?: boolean;
    }
  | { readonly state: 'failed'; readonly slot: bigint; readonly error: string };

/** What is asked of every endpoint. */
export type EndpointCheck =
  | 'latestBlockhash'
  | 'blockhashValid'
  | 'blockHeight'
  | 'statuses'
  | 'history'
  | 'addressHistory'
  | 'blocks'
  | 'firstBlock'
  | 'blockTime'
  | 'tokenAccounts';

/** What one configured RPC endpoint can do at this moment. */
export interface RequestCount {
  /** Its host, never its path. */
  readonly endpoint: string;
  /** `ok`, or why there was no usable answer. */
  readonly outcome: string;
  readonly count: number;
}

export interface EndpointReport {
  /** Host of the endpoint; path and query may hold API keys and are never shown. */
  readonly endpoint: string;
  /** Whose word its answers are: endpoints of one provider are one voice. */
  readonly voice: string;
  /** True when every check passed, and it is not red. */
  readonly ok: boolean;
  /** Of the past, or of another cluster: asked last, and no voice. */
  readonly red: boolean;
  readonly checks: Readonly<Record<EndpointCheck, boolean>>;
  /** What it refuses, and what that costs. */
  readonly missing: readonly { readonly method: string; readonly costs: string }[];
  /** Its confirmed slot, and how many slots it is behind the best, as the watch has measured. */
  readonly slot?: bigint;
  readonly behind?: bigint;
  /** What is wrong, in words safe to show. */
  readonly reason?: string;
}

export type TokenProgram = 'spl-token' | 'token-2022';

/** An initialized mint. */
export interface TokenMint {
  readonly mint: string;
  readonly program: TokenProgram;
  /** From 0 to 255: neither program has a limit of its own. */
  readonly decimals: number;
  /** Raw units, up to 2^64-1. */
  readonly supply: bigint;
  /** Null when nobody can mint any more. */
  readonly mintAuthority: string | null;
  /** Who can freeze token accounts; null when nobody can. */
  readonly freezeAuthority: string | null;
  /**
   * Who may change the metadata: of the Token-2022 extension or of Metaplex, wherever the mint says that its metadata is.
   * Null when nobody may, there is no metadata, or it cannot be believed.
   */
  readonly updateAuthority: string | null;
  /**
   * Who created it on pump.fun, by its bonding curve, after its graduation by its pool. Null when it is no coin of pump.fun, when
   * nobody is named, or when that cannot be read: then `pumpProblem` says why, in words safe to show.
   */
  readonly pumpCreator: string | null;
  readonly pumpProblem: string | null;
  /** Extensions of a Token-2022 mint by their names, such as `PermanentDelegate`; `Unknown 99` for one that we do not know. */
  readonly extensions: readonly string[];
}

export interface TokenAccount {
  readonly address: string;
  /** Raw units. Frozen tokens and delegated ones count: they are the owner's. */
  readonly rawAmount: bigint;
}

/** A token account and the wallet whose it was. */
export interface TokenAccountRef {
  readonly address: string;
  readonly owner: string;
}

/** A wallet whose tokens of an earlier time are asked for. */
export interface PastHolder {
  readonly owner: string;
  /** Token accounts to look at beside those that it owns now and its associated one. */
  readonly accounts: readonly string[];
}

/**
 * The Solana cluster in the words of this system. Every method asks over JSON-RPC with a deadline. Methods without `shown` in
 * their name decide something: they ask every voice and answer what two of them agree on, so no caller can forget to.
 * @throws RpcUnavailableError from every asynchronous method when no endpoint gave a usable answer in time.
 * @throws ChainDisagreesError where two voices contradict each other.
 * @throws SingleSourceError where one voice answers and the question needs two.
 */
export abstract class Chain {
  /** The lower of two clocks that agree: what decides deadlines. Never by one voice of several. */
  abstract now(): Promise<ChainTime>;
  /**
   * When a signed act counts: at its own time where that is at most five minutes before the chain's, as for a signature that was
   * given in time and came late; else at the chain's. While the voices do not agree on a time, at its own.
   * @throws RpcUnavailableError alone
   */
  abstract timeOfAct(issuedAt: Date): Promise<Date>;
  /** Balances at `confirmed`, in the order asked: the lower of two readings each. `minSlot`: refuse a node behind it. */
  abstract balances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]>;
  /** For what is decided for good: both readings are equal, and of one mind about who can be paid, or there is none. Never by one voice of several. */
  abstract equalBalances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]>;
  /** Time and balances to show, and to look at before anything is decided: whoever answers first. */
  abstract shownTime(): Promise<ChainTime>;
  abstract shownBalances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]>;
  abstract account(address: string, minSlot?: bigint): Promise<AccountState>;
  /** Lamports that an account without data needs to be rent-exempt; cached for a minute. */
  abstract rentExemptMinimum(): Promise<Lamports>;
  /** A blockhash that two voices know. */
  abstract latestBlockhash(): Promise<BlockhashLease>;
  /**
   * Micro-lamports per compute unit worth offering for writes to these accounts, within configured bounds. Never throws:
   * where the market cannot be asked, the lower bound is offered, so that a payout does not wait for it.
   */
  abstract priorityFee(writableAccounts: readonly string[]): Promise<bigint>;
  /**
   * Simulates without checking signatures. An answer "it would fail" is a result, not an exception; a blockhash that no
   * node knows is an exception, because a fresh one is the remedy.
   */
  abstract simulate(message: Uint8Array): Promise<SimulationResult>;
  /** As above by one voice, on whatever blockhash is the latest: a first look, before anything is decided. */
  abstract simulateFirst(message: Uint8Array): Promise<SimulationResult>;
  /** Sends stored bytes to every endpoint, each time with preflight. Never throws. */
  abstract broadcast(transaction: Uint8Array): Promise<BroadcastResult>;
  /** One for each signature, in order. Recent statuses are asked first; `history` looks into the whole ledger as well. */
  abstract landings(signatures: readonly string[], history: boolean): Promise<Landing[]>;
  /** Null when no finalized, successful transaction of this signature with a memo is known to the node. */
  abstract finalizedMemo(signature: string): Promise<FinalizedMemo | null>;
  /**
   * Finalized transactions that name an address, whoever has made them: at most 1,000, newest first. An empty answer ends the history.
   * @param before the last signature of the page before
   */
  abstract history(address: string, before?: string): Promise<HistoryEntry[]>;
  /**
   * Finalized transactions that name an address, since a cursor or since it was made: what any voice shows is part of it.
   * @param since when the address was made; nodes whose own history begins later do not know all of it
   * @throws HistoryIncompleteError when a voice's history does not reach back so far
   */
  abstract historySince(address: string, cursor: HistoryCursor | null, since: Date): Promise<HistoryPart>;
  /** Null when the node has no finalized transaction of this signature that names the address. */
  abstract transactionOf(address: string, signature: string): Promise<AddressTransaction | null>;
  /** Balances at `finalized`, in the order asked, 100 accounts a call: the lower of two readings each. */
  abstract finalizedBalances(addresses: readonly string[]): Promise<Balance[]>;
  /** Finalized heights as the voices tell them: a hint when to try `proveDead`, and evidence of nothing. */
  abstract finalizedHeights(): Promise<{ readonly lowest: bigint; readonly highest: bigint }>;
  /** The only way to learn that an attempt is dead. Never throws: what could not be asked is `unknown`. */
  abstract proveDead(question: DeathQuestion): Promise<DeathFinding>;
  /** Null when the address is no initialized mint of either token program. At `confirmed`, as the token reads below. */
  abstract tokenMint(mint: string): Promise<TokenMint | null>;
  /** What pump.fun says about a mint and its creator fees, to show and to look at: whoever answers first, all of one slot. */
  abstract shownPumpCoin(mint: string): Promise<PumpCoin>;
  /** As above: who takes pump.fun's fee of a purchase; null where its settings cannot be read. */
  abstract pumpFeeRecipient(): Promise<string | null>;
  /** As above, the creator fees of one wallet. @param tokenMint a coin whose own accounts count as well */
  abstract shownCreatorFees(wallet: string, tokenMint: string | null): Promise<CreatorFees>;
  /** All token accounts of an owner for a mint that exists, empty ones included. */
  abstract tokenAccountsOf(mint: string, owner: string): Promise<TokenAccount[]>;
  /**
   * Present raw amounts of known token accounts, in the order asked, 100 accounts a call. Null for an account that is
   * closed, has another owner than given, or is no token account of this mint. Ask for all accounts that are to be added
   * up in one go: within one call of this method, tokens that move between the accounts meanwhile are not counted twice.
   */
  abstract tokenAmounts(mint: string, accounts: readonly TokenAccountRef[]): Promise<(bigint | null)[]>;
  /** A slot that cannot be undone: the lower of those that the voices call finalized. Never by one voice of several. */
  abstract finalizedSlot(): Promise<bigint>;
  /**
   * Raw amounts that wallets held together at the end of a finalized slot, in the order asked, by their accounts' histories: what
   * an account holds now if no transaction has named it since, else what it held before the first one that did. An account counts
   * for who owned it then. Never by one voice of several, and never guessed: a node whose history begins later cannot answer.
   */
  abstract pastHoldings(
    token: Pick<TokenMint, 'mint' | 'program'>,
    slot: bigint,
    holders: readonly PastHolder[],
  ): Promise<bigint[]>;
  /** Voices that do not answer some kind of question, and for how long, in milliseconds. None where one is configured. Never throws. */
  abstract silentVoices(): Promise<readonly { readonly voice: string; readonly forMs: number }[]>;
  /** Checks every configured endpoint on its own, for health reports; none configured gives none. Never throws. */
  abstract endpoints(): Promise<EndpointReport[]>;
  /** How many requests each endpoint was sent since this process began, by how they ended. Asks nobody. */
  abstract requestCounts(): readonly RequestCount[];
}
