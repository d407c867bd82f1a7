const SYSTEM_PROGRAM = '1'.repeat(32);

/** What the runtime keeps for itself: built-in programs and sysvars, of which not all exist as accounts or are executable. */
const RESERVED: ReadonlySet<string> = new Set([
  SYSTEM_PROGRAM,
  'AddressLookupTab1e1111111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'ComputeBudget111111111111111111111111111111',
  'Config1111111111111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
  'Feature111111111111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
  'NativeLoader1111111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
  'Stake11111111111111111111111111111111111111',
  'StakeConfig11111111111111111111111111111111',
  'Sysvar1111111111111111111111111111111111111',
  'Sysvar1nstructions1111111111111111111111111',
  'SysvarC1ock11111111111111111111111111111111',
  'SysvarEpochRewards1111111111111111111111111',
  'SysvarEpochSchedu1e111111111111111111111111',
  'SysvarFees111111111111111111111111111111111',
  'SysvarLastRestartS1ot1111111111111111111111',
  'SysvarRecentB1ockHashes11111111111111111111',
  'SysvarRent111111111111111111111111111111111',
  'SysvarRewards111111111111111111111111111111',
  'SysvarS1otHashes111111111111111111111111111',
  'SysvarS1otHistory11111111111111111111111111',
  'SysvarStakeHistory1111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'ZkE1Gama1Proof11111111111111111111111111111',
  'ZkTokenProof1111111111111111111111111111111',
]);

const TOKEN_PROGRAMS: readonly string[] = [
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
];

/** What stands at an address. */
export interface Occupant {
  readonly exists: boolean;
  readonly executable: boolean;
  readonly owner: string | null;
  readonly dataLength: number;
}

/** An address that nobody has paid yet. */
export const NOBODY: Occupant = { exists: false, executable: false, owner: null, dataLength: 0 };

/** Of two readings of one address: what a person could not be paid at, if either says so. */
export function doubtful(a: Occupant, b: Occupant): Occupant {
  return isWallet(a) ? b : a;
}

/** Whether a person can be paid there. */
export function isWallet({ exists, executable, owner, dataLength }: Occupant): boolean {
  return !exists || (!executable && owner === SYSTEM_PROGRAM && dataLength === 0);
}

/**
 * Why money sent to an address would never reach a person again: what was found there, or null for a wallet. An address
 * that nobody has paid yet is fine.
 */
export function unpayable(address: string, found: Occupant): string | null {
  if (RESERVED.has(address)) return 'a program or sysvar of the runtime';
  if (!found.exists) return null;
  if (found.executable) return 'a program';
  if (TOKEN_PROGRAMS.includes(found.owner ?? ''))
    return 'a mint, a token account or a multisig of the token program';
  if (found.owner !== SYSTEM_PROGRAM) return `an account that belongs to the program ${found.owner}`;
  return found.dataLength > 0 ? `an account that holds ${found.dataLength} bytes of data` : null;
}
