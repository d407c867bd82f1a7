import {
  ExtensionType,
  METADATA_POINTER_SIZE,
  MINT_SIZE,
  type Mint,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  getExtensionData,
  getExtensionTypes,
  unpackAccount,
  unpackMint,
} from '@solana/spl-token';
import { type AccountInfo, PublicKey } from '@solana/web3.js';
import { BorshReader } from './borsh-reader.js';
import type { TokenProgram } from '#src/chain/port/chain.js';
import { orNull } from './metaplex-metadata.js';

/** A mint as its own account tells it. */
export interface DecodedMint {
  readonly program: TokenProgram;
  readonly decimals: number;
  /** Raw units. */
  readonly supply: bigint;
  readonly mintAuthority: PublicKey | null;
  readonly freezeAuthority: PublicKey | null;
  /** Where the metadata is, as the mint says; null when it does not say. */
  readonly metadataAddress: PublicKey | null;
  readonly extensions: readonly string[];
}

/** Null when the account is no initialized mint of either token program. */
export function decodeMint(address: PublicKey, account: AccountInfo<Buffer> | null): DecodedMint | null {
  const found = unpack(address, account);
  if (found === null) return null;
  const { program, mint } = found;
  return {
    program,
    decimals: mint.decimals,
    supply: mint.supply,
    mintAuthority: orNull(mint.mintAuthority),
    freezeAuthority: orNull(mint.freezeAuthority),
    metadataAddress: found.metadataAddress,
    extensions: found.extensions,
  };
}

/**
 * Who may change the metadata of `mint`, by the token metadata extension of a Token-2022 account: as a rule the mint
 * itself. Null when nobody may, or when the extension is not there or speaks of another mint.
 */
export function extensionUpdateAuthority(
  address: PublicKey,
  account: AccountInfo<Buffer> | null,
  mint: PublicKey,
): PublicKey | null {
  const found = unpack(address, account);
  if (found?.program !== 'token-2022') return null;
  try {
    const entry = getExtensionData(ExtensionType.TokenMetadata, found.mint.tlvData);
    return entry === null ? null : updateAuthorityIn(new BorshReader(entry), mint);
  } catch {
    return null;
  }
}

/** What a token account holds. */
export interface DecodedTokenAccount {
  readonly mint: PublicKey;
  readonly owner: PublicKey;
  readonly rawAmount: bigint;
}

/**
 * Null when the account is no initialized token account of either token program. A frozen account counts, and so does
 * an amount that a delegate may move: both are the owner's.
 */
export function decodeTokenAccount(
  address: PublicKey,
  account: AccountInfo<Buffer> | null,
): DecodedTokenAccount | null {
  if (account === null || programOf(account) === null) return null;
  try {
    const { mint, owner, amount, isInitialized } = unpackAccount(address, account, account.owner);
    return isInitialized ? { mint, owner, rawAmount: amount } : null;
  } catch {
    return null;
  }
}

interface Unpacked {
  readonly program: TokenProgram;
  readonly mint: Mint;
  readonly metadataAddress: PublicKey | null;
  readonly extensions: readonly string[];
}

function unpack(address: PublicKey, account: AccountInfo<Buffer> | null): Unpacked | null {
  const program = account === null ? null : programOf(account);
  if (account === null || program === null) return null;
  if (program === 'spl-token' && account.data.length !== MINT_SIZE) return null;
  try {
    const mint = unpackMint(address, account, account.owner);
    if (!mint.isInitialized) return null;
    return {
      program,
      mint,
      metadataAddress: metadataAddressIn(mint.tlvData),
      extensions: extensionsIn(mint.tlvData),
    };
  } catch {
    return null;
  }
}

/** @throws RangeError when the list is cut */
function extensionsIn(tlvData: Buffer): string[] {
  return getExtensionTypes(tlvData).map((type) => ExtensionType[type] ?? `Unknown ${type}`);
}

function programOf({ owner }: AccountInfo<unknown>): TokenProgram | null {
  if (owner.equals(TOKEN_PROGRAM_ID)) return 'spl-token';
  return owner.equals(TOKEN_2022_PROGRAM_ID) ? 'token-2022' : null;
}

/** @throws RangeError when the entry is cut: the library's decoder takes what is left of a key for a key. */
function metadataAddressIn(tlvData: Buffer): PublicKey | null {
  const entry = getExtensionData(ExtensionType.MetadataPointer, tlvData);
  if (entry === null) return null;
  if (entry.length !== METADATA_POINTER_SIZE) throw new RangeError(`a pointer of ${entry.length} bytes`);
  const reader = new BorshReader(entry);
  reader.take(32); // authority
  return orNull(new PublicKey(reader.take(32)));
}

/** Of a token metadata entry: update_authority, mint, name, symbol, uri, further pairs of texts. */
function updateAuthorityIn(reader: BorshReader, mint: PublicKey): PublicKey | null {
  const updateAuthority = new PublicKey(reader.take(32));
  if (!mint.equals(new PublicKey(reader.take(32)))) return null;
  for (const _field of ['name', 'symbol', 'uri']) reader.text(Infinity);
  for (let left = reader.u32() * 2; left > 0; left -= 1) reader.text(Infinity);
  return orNull(updateAuthority);
}
