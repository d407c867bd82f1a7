import { type AccountInfo, PublicKey } from '@solana/web3.js';
import { BorshReader } from '#src/chain/tokens/borsh-reader.js';
import { UnknownPumpLayout } from '#src/chain/tokens/pump-accounts.js';
import type { FeeSharing } from '#src/chain/port/pump-coin.js';
import { PUMP_FEES_PROGRAM } from './pump-addresses.js';

/** First 8 bytes of SHA-256 of `account:SharingConfig`. */
const DISCRIMINATOR = 'd84a0900388c5d4b';
const KEY_BYTES = 32;
const ALL_BPS = 10_000;
const ACTIVE = 1;
/** Version 1 could never be changed. Version 2 can be until its admin has given that up. */
const FIXED_VERSION = 1;
const EDITABLE_VERSION = 2;
/** More than the 1,024 bytes of an account hold. */
const MAX_SHAREHOLDERS = 32;

/**
 * How pump.fun splits the creator fees of a coin; null where there is no such account.
 * @throws UnknownPumpLayout
 */
export function decodeSharingConfig(account: AccountInfo<Buffer> | null, mint: PublicKey): FeeSharing | null {
  if (!account?.owner.equals(PUMP_FEES_PROGRAM)) return null;
  try {
    return read(new BorshReader(account.data), mint);
  } catch (error) {
    if (error instanceof RangeError) throw unknown(error.message);
    throw error;
  }
}

function read(reader: BorshReader, mint: PublicKey): FeeSharing {
  if (Buffer.from(reader.take(8)).toString('hex') !== DISCRIMINATOR) throw unknown('another discriminator');
  reader.u8(); // The bump.
  const version = reader.u8();
  if (version !== FIXED_VERSION && version !== EDITABLE_VERSION) throw unknown(`version ${version}`);
  const status = reader.u8();
  if (status > ACTIVE) throw unknown(`status ${status}`);
  if (!keyOf(reader).equals(mint)) throw unknown('another mint');
  const admin = keyOf(reader).toBase58();
  const isRevoked = reader.flag();
  const shareholders = readShareholders(reader);
  const locked = version === FIXED_VERSION || isRevoked;
  return { active: status === ACTIVE, locked, admin: locked ? null : admin, shareholders };
}

function readShareholders(reader: BorshReader): FeeSharing['shareholders'] {
  const count = reader.u32();
  if (count > MAX_SHAREHOLDERS) throw unknown(`${count} shareholders`);
  const shareholders = Array.from({ length: count }, () => ({
    address: keyOf(reader).toBase58(),
    bps: reader.u16(),
  }));
  const sum = shareholders.reduce((total, { bps }) => total + bps, 0);
  if (sum !== ALL_BPS) throw unknown(`shares of ${sum} basis points`);
  return shareholders;
}

function keyOf(reader: BorshReader): PublicKey {
  return new PublicKey(reader.take(KEY_BYTES));
}

function unknown(what: string): UnknownPumpLayout {
  return new UnknownPumpLayout(
    `its pump.fun sharing config has a layout that this version does not know: ${what}`,
  );
}
