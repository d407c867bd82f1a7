import { PublicKey } from '@solana/web3.js';
import { buybackRecipientOf } from './buy-instruction.js';
import { compileCreation, compilePurchase, type Paid } from './launch-transactions.js';

/** What is to be made and bought. */
export interface LaunchedCoin {
  readonly name: string;
  readonly symbol: string;
  readonly uri: string;
  /** Raw units of the coin; null where nothing is bought. */
  readonly buyTokens: bigint | null;
  /** What they may cost at most, in lamports. */
  readonly buyMostLamports: bigint | null;
}

/** The parties of a launch, base58. */
export interface LaunchParties {
  readonly mint: string;
  /** Who earns the creator fees. */
  readonly creator: string;
  /** Pays for everything, and gets what is bought. */
  readonly user: string;
}

/** How it is paid for. */
export interface LaunchTerms {
  /** Null before the simulation. */
  readonly computeUnitLimit: number | null;
  /** Decimal. */
  readonly computeUnitPriceMicroLamports: string;
  /** Of a purchase: who takes the protocol's fee, as pump.fun's own account says. The program refuses anybody else. */
  readonly feeRecipient?: string;
}

/** One deterministic message. @throws RangeError for a purchase where nothing is bought, and for texts that are too long */
export function compileLaunch(
  kind: 'create' | 'buy',
  { name, symbol, uri, buyTokens, buyMostLamports }: LaunchedCoin,
  parties: LaunchParties,
  { computeUnitLimit, computeUnitPriceMicroLamports, feeRecipient }: LaunchTerms,
  blockhash: string,
): Uint8Array {
  const user = new PublicKey(parties.user);
  const mint = new PublicKey(parties.mint);
  const creator = new PublicKey(parties.creator);
  const paid: Paid = {
    feePayer: user,
    blockhash,
    computeUnitLimit,
    computeUnitPriceMicroLamports: BigInt(computeUnitPriceMicroLamports),
  };
  if (kind === 'create') return compileCreation({ mint, name, symbol, uri, creator, user }, paid);
  if (buyTokens === null || buyMostLamports === null || feeRecipient === undefined)
    throw new RangeError('nothing is bought at this launch');
  const purchase = {
    mint,
    creator,
    user,
    amount: buyTokens,
    mostLamports: buyMostLamports,
    feeRecipient: new PublicKey(feeRecipient),
    buybackRecipient: buybackRecipientOf(mint),
  };
  return compilePurchase(purchase, paid);
}
