import { type AccountInfo, PublicKey } from '@solana/web3.js';
import { BorshReader } from './borsh-reader.js';

const METAPLEX_PROGRAM = new PublicKey('metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s');
const SEED = Buffer.from('metadata', 'utf8');
/** `Key::MetadataV1`: the first byte tells the kinds of Metaplex accounts apart. */
const METADATA_V1 = 4;
const MAX_NAME_BYTES = 32;
const MAX_SYMBOL_BYTES = 10;
const MAX_URI_BYTES = 200;
const MAX_CREATORS = 5;
const CREATOR_BYTES = 32 + 1 + 1;

/** Where the Metaplex Token Metadata program keeps the metadata of a mint. */
export function metaplexMetadataAddress(mint: PublicKey): PublicKey {
  const seeds = [SEED, METAPLEX_PROGRAM.toBuffer(), mint.toBuffer()];
  return PublicKey.findProgramAddressSync(seeds, METAPLEX_PROGRAM)[0];
}

/**
 * Who may change a mint's Metaplex metadata. Null when nobody may, or the account is no Metaplex metadata of this mint;
 * the program makes one only with the mint authority's signature, so what it owns can be believed.
 */
export function metaplexUpdateAuthority(
  account: AccountInfo<Uint8Array> | null,
  mint: PublicKey,
): PublicKey | null {
  if (!account?.owner.equals(METAPLEX_PROGRAM)) return null;
  try {
    const metadata = decode(new BorshReader(account.data));
    return metadata.mint.equals(mint) ? orNull(metadata.updateAuthority) : null;
  } catch {
    return null;
  }
}

/** Both key formats write "nobody" as 32 zero bytes. */
export function orNull(key: PublicKey | null): PublicKey | null {
  return key === null || key.equals(PublicKey.default) ? null : key;
}

/** Only up to `is_mutable`: what follows is damaged in old accounts, as Metaplex's own decoder knows. */
function decode(reader: BorshReader): { readonly updateAuthority: PublicKey; readonly mint: PublicKey } {
  if (reader.u8() !== METADATA_V1) throw new RangeError('another kind of Metaplex account');
  const updateAuthority = new PublicKey(reader.take(32));
  const mint = new PublicKey(reader.take(32));
  reader.text(MAX_NAME_BYTES);
  reader.text(MAX_SYMBOL_BYTES);
  reader.text(MAX_URI_BYTES);
  reader.u16(); // seller_fee_basis_points
  if (reader.flag()) skipCreators(reader);
  reader.flag(); // primary_sale_happened
  reader.flag(); // is_mutable
  return { updateAuthority, mint };
}

function skipCreators(reader: BorshReader): void {
  const count = reader.u32();
  if (count > MAX_CREATORS) throw new RangeError(`${count} creators`);
  reader.take(count * CREATOR_BYTES);
}
