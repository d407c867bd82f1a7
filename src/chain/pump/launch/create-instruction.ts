import {
  ASSOCIATED_TOKEN_PROGRAM_ID,
  getAssociatedTokenAddressSync,
  TOKEN_2022_PROGRAM_ID,
} from '@solana/spl-token';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { bondingCurveAddress, deriveAddress, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { read, signing, written } from '#src/chain/pump/account-metas.js';
import { eventAuthority, GLOBAL } from '#src/chain/pump/pump-addresses.js';

const MAYHEM_PROGRAM = new PublicKey('MAyhSmzXzV1pTf7LsNkrNwkWKTo4ougAJ1PPg47MD4e');
/** First 8 bytes of SHA-256 of `global:create_v2`. */
const CREATE_V2 = 'd6904cec5f8b31b4';

/** Bytes of UTF-8 that pump.fun takes. */
export const LONGEST = { name: 32, symbol: 13, uri: 200 } as const;

/** A coin that is to be. */
export interface NewCoin {
  readonly mint: PublicKey;
  readonly name: string;
  readonly symbol: string;
  readonly uri: string;
  /** Who earns its creator fees. */
  readonly creator: PublicKey;
  /** Pays for its accounts, and signs. */
  readonly user: PublicKey;
}

/** Why pump.fun would refuse these texts, in words for a person; null when it would not. */
export function coinProblem(coin: Pick<NewCoin, 'name' | 'symbol' | 'uri'>): string | null {
  for (const member of ['name', 'symbol', 'uri'] as const) {
    const bytes = Buffer.byteLength(coin[member], 'utf8');
    if (bytes === 0) return `${member} must not be empty`;
    if (bytes > LONGEST[member])
      return `${member} has ${bytes} bytes of UTF-8, and pump.fun takes ${LONGEST[member]}`;
  }
  return null;
}

/**
 * Makes a coin under Token-2022, without mayhem mode, cashback or holder rewards. The mint signs as well.
 * @throws RangeError with `coinProblem`
 */
export function createCoin({ mint, name, symbol, uri, creator, user }: NewCoin): TransactionInstruction {
  const problem = coinProblem({ name, symbol, uri });
  if (problem !== null) throw new RangeError(problem);
  const curve = bondingCurveAddress(mint);
  const vault = deriveAddress(MAYHEM_PROGRAM, ['sol-vault']);
  const accountOf = (owner: PublicKey) =>
    getAssociatedTokenAddressSync(mint, owner, true, TOKEN_2022_PROGRAM_ID);
  return new TransactionInstruction({
    programId: PUMP_PROGRAM,
    keys: [
      signing(mint),
      read(deriveAddress(PUMP_PROGRAM, ['mint-authority'])),
      written(curve),
      written(accountOf(curve)),
      read(GLOBAL),
      signing(user),
      read(SystemProgram.programId),
      read(TOKEN_2022_PROGRAM_ID),
      read(ASSOCIATED_TOKEN_PROGRAM_ID),
      written(MAYHEM_PROGRAM),
      read(deriveAddress(MAYHEM_PROGRAM, ['global-params'])),
      written(vault),
      written(deriveAddress(MAYHEM_PROGRAM, ['mayhem-state', mint])),
      written(accountOf(vault)),
      read(eventAuthority(PUMP_PROGRAM)),
      read(PUMP_PROGRAM),
    ],
    data: Buffer.concat([
      Buffer.from(CREATE_V2, 'hex'),
      ...[name, symbol, uri].map(borshText),
      creator.toBuffer(),
      // No mayhem mode, no cashback, no fee of its own, no rewards for holders.
      Buffer.alloc(1 + 1 + 8 + 1),
    ]),
  });
}

function borshText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
