import type { Lamports } from '../common/lamports.js';

/** The chain's own time, from the Clock sysvar of a confirmed bank. */
export interface ChainTime {
  readonly slot: bigint;
  readonly unixSeconds: number;
}

export interface Balance {
  readonly lamports: Lamports;
  /** Slot of the bank that answered. */
  readonly slot: bigint;
}

/** What stands at an address. An address that nobody has paid yet has 0 lamports and `exists: false`. */
export interface AccountState extends Balance {
  readonly exists: boolean;
  readonly owner: string | null;
  readonly executable: boolean;
  readonly dataLength: number;
}

export interface BlockhashLease {
  readonly blockhash: string;
  /** A transaction with this blockhash can land only in blocks of at most this height. */
  readonly lastValidBlockHeight: bigint;
  /** Slot in which the blockhash was fetched. */
  readonly slot: bigint;
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

export type SimulationResult =
  | { readonly ok: true; readonly unitsConsumed: number }
  | { readonly ok: false; readonly error: string; readonly logs: readonly string[] };

/**
 * What an endpoint said to a broadcast. None of these is evidence that the transaction landed, and none that it did not:
 * only `signatureStatuses` and `proveDead` are.
 */
export type BroadcastResult =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

/** One signature as the cluster reports it. `absent` means "this node does not know it", which proves nothing by itself. */
export type SignatureStatus =
  | { readonly state: 'absent' }
  | {
      readonly state: 'processed' | 'confirmed' | 'finalized';
      readonly slot: bigint;
      /** The on-chain error as JSON text; null when the transaction succeeded. */
      readonly error: string | null;
    };

/** `dead`: proven that none of the signatures can land any more. `unknown`: not proven yet, ask again. */
export type DeathVerdict =
  | {
      readonly verdict: 'dead';
      readonly finalizedHeight: bigint;
      /** The newest finalized slot of the witnesses: none of the signatures could land in it any more. */
      readonly slot: bigint;
      readonly rule: 'canary' | 'idle_chain';
    }
  | { readonly verdict: 'landed'; readonly signature: string }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** What one configured RPC endpoint can do at this moment. */
export interface EndpointReport {
  /** Host of the endpoint; path and query may hold API keys and are never shown. */
  readonly endpoint: string;
  /** True when every check passed. */
  readonly ok: boolean;
  readonly checks: {
    readonly latestBlockhash: boolean;
    readonly blockTime: boolean;
    readonly tokenAccounts: boolean;
  };
  /** Its confirmed slot. */
  readonly slot?: bigint;
  /** Which checks failed and how, in words safe to show. */
  readonly reason?: string;
}

/** All signatures ever made for one payout, with what bounds their life. */
export interface DeathQuestion {
  readonly signatures: readonly string[];
  /** The account that all of them debit; its own history is searched as well. */
  readonly source: string;
  /** The highest lastValidBlockHeight of them all. */
  readonly lastValidBlockHeight: bigint;
  /** The lowest slot in which one of their blockhashes was fetched. */
  readonly oldestSlot: bigint;
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
  /**
   * Who may change the metadata: of the Token-2022 extension or of Metaplex, wherever the mint says that its metadata is.
   * Null when nobody may, there is no metadata, or it cannot be believed.
   */
  readonly updateAuthority: string | null;
}

/** All that a wallet holds of one mint. */
export interface TokenHolding {
  /** Sum over all token accounts, in raw units. Frozen accounts and delegated amounts count: they are the wallet's. */
  readonly rawAmount: bigint;
  /** How many token accounts there are, empty ones included. */
  readonly accounts: number;
  /** Slot of the bank that answered. */
  readonly slot: bigint;
}

export interface TokenAccount {
  readonly address: string;
  /** Raw units. */
  readonly rawAmount: bigint;
}

/** A token account and the wallet whose it was. */
export interface TokenAccountRef {
  readonly address: string;
  readonly owner: string;
}

/**
 * The Solana cluster in the words of this system. Every method asks over JSON-RPC with a deadline and fails over to the
 * next configured endpoint.
 * @throws RpcUnavailableError from every asynchronous method when no endpoint gave a usable answer in time.
 */
export abstract class Chain {
  abstract now(): Promise<ChainTime>;
  /** Balances at `confirmed`, in the order asked, 100 accounts a call. `minSlot`: refuse answers of a node behind it. */
  abstract balances(addresses: readonly string[], minSlot?: bigint): Promise<Balance[]>;
  abstract account(address: string, minSlot?: bigint): Promise<AccountState>;
  /** Lamports that an account without data needs to be rent-exempt; cached for a minute. */
  abstract rentExemptMinimum(): Promise<Lamports>;
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
  /** Sends stored bytes. `first` runs the node's preflight; repeats skip it. Never throws. */
  abstract broadcast(transaction: Uint8Array, first: boolean): Promise<BroadcastResult>;
  /**
   * One status per signature, in order. `history` searches the whole ledger, else only recent statuses. An on-chain
   * error is reported in `error`.
   */
  abstract signatureStatuses(signatures: readonly string[], history: boolean): Promise<SignatureStatus[]>;
  /** Null when no finalized, successful transaction of this signature with a memo is known to the node. */
  abstract finalizedMemo(signature: string): Promise<FinalizedMemo | null>;
  abstract finalizedBlockHeight(): Promise<bigint>;
  /** The only way to learn that an attempt is dead. Never throws: what could not be asked is `unknown`. */
  abstract proveDead(question: DeathQuestion): Promise<DeathVerdict>;
  /** Null when the address is no initialized mint of either token program. At `confirmed`, as the token reads below. */
  abstract tokenMint(mint: string): Promise<TokenMint | null>;
  /** What each owner (a wallet's address) holds of a mint that exists; one call an owner. */
  abstract tokenHoldings(mint: string, owners: readonly string[]): Promise<Map<string, TokenHolding>>;
  /** All token accounts of an owner for a mint that exists, empty ones included. */
  abstract tokenAccountsOf(mint: string, owner: string): Promise<TokenAccount[]>;
  /**
   * Present raw amounts of known token accounts, in the order asked, 100 accounts a call. Null for an account that is
   * closed, has another owner than given, or is no token account of this mint. Ask for all accounts that are to be added
   * up in one go: within one call of this method, tokens that move between the accounts meanwhile are not counted twice.
   */
  abstract tokenAmounts(mint: string, accounts: readonly TokenAccountRef[]): Promise<(bigint | null)[]>;
  /** Checks every configured endpoint on its own, for health reports; none configured gives none. Never throws. */
  abstract endpoints(): Promise<EndpointReport[]>;
}
