import { PublicKey } from '@solana/web3.js';
import { deriveAddress, PUMP_AMM_PROGRAM, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';

export const PUMP_FEES_PROGRAM = new PublicKey('pfeeUxB6jkeY1Hxd7CsFCAjcbHA9rWtchMGdZ6VojVZ');

/** Where pump.fun keeps how the creator fees of a coin are shared. */
export function sharingConfigAddress(mint: PublicKey): PublicKey {
  return deriveAddress(PUMP_FEES_PROGRAM, ['sharing-config', mint]);
}

/** Whom a coin names as creator when its fees go to its holders. */
export function holderRewardsAddress(mint: PublicKey): PublicKey {
  return deriveAddress(PUMP_PROGRAM, ['holder-rewards', mint]);
}

/** Settings of the program of curves, and of the program of pools. */
export const GLOBAL = deriveAddress(PUMP_PROGRAM, ['global']);
export const GLOBAL_CONFIG = deriveAddress(PUMP_AMM_PROGRAM, ['global_config']);

/** Where the fees of a creator gather from all of its curves, in SOL. */
export function creatorVaultAddress(creator: PublicKey): PublicKey {
  return deriveAddress(PUMP_PROGRAM, ['creator-vault', creator]);
}

/** Whose wrapped SOL the fees of a creator from all of its pools are. */
export function poolVaultAuthority(creator: PublicKey): PublicKey {
  return deriveAddress(PUMP_AMM_PROGRAM, ['creator_vault', creator]);
}

/** By which a program logs its events. */
export function eventAuthority(program: PublicKey): PublicKey {
  return deriveAddress(program, ['__event_authority']);
}
