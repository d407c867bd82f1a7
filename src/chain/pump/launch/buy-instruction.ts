import { getAssociatedTokenAddressSync, TOKEN_2022_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { bondingCurveAddress, deriveAddress, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { read, signing, written } from '#src/chain/pump/account-metas.js';
import {
  creatorVaultAddress,
  eventAuthority,
  GLOBAL,
  PUMP_FEES_PROGRAM,
} from '#src/chain/pump/pump-addresses.js';

/** First 8 bytes of SHA-256 of `global:buy`. */
const BUY = '66063d1201daebea';

/** Of whom the program wants any one, as pump.fun's BREAKING_FEE_RECIPIENT.md lists them. */
export const BUYBACK_RECIPIENTS: readonly string[] = [
  '5YxQFdt3Tr9zJLvkFccqXVUwhdTWJQc1fFg2YPbxvxeD',
  '9M4giFFMxmFGXtc3feFzRai56WbBqehoSeRE5GK7gf7',
  'GXPFM2caqTtQYC2cJ5yJRi9VDkpsYZXzYdwYpGnLmtDL',
  '3BpXnfJaUTiwXnJNe7Ej1rcbzqTTQUvLShZaWazebsVR',
  '5cjcW9wExnJJiqgLjq7DEG75Pm6JBgE1hNv4B2vHXUW6',
  'EHAAiTxcdDwQ3U4bU6YcMsQGaekdzLS3B5SmYo46kJtL',
  '5eHhjP8JaYkz83CWwvGU2uMUXefd3AazWGx4gpcuEEYD',
  'A7hAgCzFw14fejgCp387JUJRMNyz4j89JKnhtKU8piqW',
];

/** The one that a coin's purchases name, so that the same purchase is always the same bytes. */
export function buybackRecipientOf(mint: PublicKey): PublicKey {
  const index = (mint.toBytes()[0] ?? 0) % BUYBACK_RECIPIENTS.length;
  return new PublicKey(BUYBACK_RECIPIENTS[index] ?? PublicKey.default);
}

export interface Purchase {
  readonly mint: PublicKey;
  /** Whom the curve names as creator. */
  readonly creator: PublicKey;
  readonly user: PublicKey;
  /** Raw units of the coin. */
  readonly amount: bigint;
  /** Lamports, fees included: above it the program refuses. */
  readonly mostLamports: bigint;
  /** Who takes the protocol's fee, as the global settings name them. */
  readonly feeRecipient: PublicKey;
  /** One of BUYBACK_RECIPIENTS. */
  readonly buybackRecipient: PublicKey;
}

/** Buys from the curve of a Token-2022 coin into the user's associated account, which has to exist. */
export function buyCoin(purchase: Purchase): TransactionInstruction {
  const { mint, creator, user, amount, mostLamports, feeRecipient, buybackRecipient } = purchase;
  const curve = bondingCurveAddress(mint);
  const accountOf = (owner: PublicKey) =>
    getAssociatedTokenAddressSync(mint, owner, true, TOKEN_2022_PROGRAM_ID);
  const data = Buffer.alloc(25);
  data.write(BUY, 'hex');
  data.writeBigUInt64LE(amount, 8);
  data.writeBigUInt64LE(mostLamports, 16);
  data.writeUInt8(1, 24); // The purchase counts in the volume of the user.
  return new TransactionInstruction({
    programId: PUMP_PROGRAM,
    keys: [
      read(GLOBAL),
      written(feeRecipient),
      read(mint),
      written(curve),
      written(accountOf(curve)),
      written(accountOf(user)),
      signing(user),
      read(SystemProgram.programId),
      read(TOKEN_2022_PROGRAM_ID),
      written(creatorVaultAddress(creator)),
      read(eventAuthority(PUMP_PROGRAM)),
      read(PUMP_PROGRAM),
      read(deriveAddress(PUMP_PROGRAM, ['global_volume_accumulator'])),
      written(deriveAddress(PUMP_PROGRAM, ['user_volume_accumulator', user])),
      read(deriveAddress(PUMP_FEES_PROGRAM, ['fee_config', PUMP_PROGRAM])),
      read(PUMP_FEES_PROGRAM),
      read(deriveAddress(PUMP_PROGRAM, ['bonding-curve-v2', mint])),
      written(buybackRecipient),
    ],
    data,
  });
}
