import {
  ExtensionType,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  createAssociatedTokenAccountIdempotentInstruction,
  createInitializeMetadataPointerInstruction,
  createInitializeMint2Instruction,
  createInitializePermanentDelegateInstruction,
  createMintToInstruction,
  createTransferCheckedInstruction,
  getAssociatedTokenAddressSync,
  getMint,
  getMintLen,
} from '@solana/spl-token';
import { Connection, Keypair, PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { sendInstructions } from './send-transaction.js';
import type { LocalWallet } from './local-wallet.js';

export interface TokenOptions {
  readonly decimals: number;
  readonly program: 'spl-token' | 'token-2022';
  /**
   * Token-2022 only: metadata within the mint, changeable by the payer. A local chain has no Metaplex program, so an SPL
   * Token mint has none.
   */
  readonly withMetadata?: boolean;
  /** Token-2022 only: the payer may take the tokens of every holder, for which such a token is refused. */
  readonly permanentDelegate?: boolean;
}

/** First 8 bytes of SHA-256 of `spl_token_metadata_interface:initialize_account`. */
const INITIALIZE_METADATA = Buffer.from([210, 225, 30, 162, 88, 184, 77, 141]);
const METADATA_TEXTS = ['Commit To Ship Demo', 'DEMO', 'http://127.0.0.1/demo.json'] as const;
/** Room for the metadata entry, into which the program lets the mint grow: a head, two keys and the texts. */
const METADATA_BYTES = 256;

/**
 * Makes a token whose mint authority is the payer.
 * @returns the mint's address
 */
export async function createToken(
  rpcUrl: string,
  payer: LocalWallet,
  { decimals, program, withMetadata = false, permanentDelegate = false }: TokenOptions,
): Promise<string> {
  if (withMetadata && program === 'spl-token')
    throw new Error('a local chain has no Metaplex program: metadata needs a token-2022 mint');
  const mint = Keypair.generate();
  const authority = payer.keypair.publicKey;
  const programId = program === 'spl-token' ? TOKEN_PROGRAM_ID : TOKEN_2022_PROGRAM_ID;
  const space = getMintLen([
    ...(withMetadata ? [ExtensionType.MetadataPointer] : []),
    ...(permanentDelegate ? [ExtensionType.PermanentDelegate] : []),
  ]);
  const rentBytes = space + (withMetadata ? METADATA_BYTES : 0);
  const lamports = await new Connection(rpcUrl).getMinimumBalanceForRentExemption(rentBytes);
  const account = { fromPubkey: authority, newAccountPubkey: mint.publicKey, lamports, space, programId };
  await sendInstructions(
    rpcUrl,
    payer,
    [
      SystemProgram.createAccount(account),
      // Extensions are to be there before the mint is initialized, and their content only after it.
      ...(withMetadata ? [pointToItself(mint.publicKey, authority)] : []),
      ...(permanentDelegate
        ? [createInitializePermanentDelegateInstruction(mint.publicKey, authority, programId)]
        : []),
      createInitializeMint2Instruction(mint.publicKey, decimals, authority, null, programId),
      ...(withMetadata ? [initializeMetadata(mint.publicKey, authority)] : []),
    ],
    [mint],
  );
  return mint.publicKey.toBase58();
}

/** Mints raw units into the associated token account of an owner, made where there is none. @returns the signature */
export async function mintTo(
  rpcUrl: string,
  payer: LocalWallet,
  mint: string,
  ownerAddress: string,
  rawAmount: bigint,
): Promise<string> {
  const token = await readToken(rpcUrl, mint);
  const authority = payer.keypair.publicKey;
  const account = associatedAccount(token, new PublicKey(ownerAddress));
  return sendInstructions(rpcUrl, payer, [
    createAccount(token, authority, new PublicKey(ownerAddress)),
    createMintToInstruction(token.mint, account, authority, rawAmount, [], token.programId),
  ]);
}

/** Moves raw units between two wallets' associated token accounts; the sender pays. @returns the signature */
export async function transferTokens(
  rpcUrl: string,
  from: LocalWallet,
  toAddress: string,
  mint: string,
  rawAmount: bigint,
): Promise<string> {
  const token = await readToken(rpcUrl, mint);
  const sender = from.keypair.publicKey;
  const receiver = new PublicKey(toAddress);
  return sendInstructions(rpcUrl, from, [
    createAccount(token, sender, receiver),
    createTransferCheckedInstruction(
      associatedAccount(token, sender),
      token.mint,
      associatedAccount(token, receiver),
      sender,
      rawAmount,
      token.decimals,
      [],
      token.programId,
    ),
  ]);
}

interface Token {
  readonly mint: PublicKey;
  readonly programId: PublicKey;
  readonly decimals: number;
}

async function readToken(rpcUrl: string, address: string): Promise<Token> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const mint = new PublicKey(address);
  const programId = (await connection.getAccountInfo(mint))?.owner;
  if (!programId) throw new Error(`there is no mint ${address} on this chain`);
  const { decimals } = await getMint(connection, mint, 'confirmed', programId);
  return { mint, programId, decimals };
}

/** Also for owners that are no wallets, such as program-derived addresses. */
function associatedAccount({ mint, programId }: Token, owner: PublicKey): PublicKey {
  return getAssociatedTokenAddressSync(mint, owner, true, programId);
}

function createAccount(token: Token, payer: PublicKey, owner: PublicKey): TransactionInstruction {
  const account = associatedAccount(token, owner);
  return createAssociatedTokenAccountIdempotentInstruction(
    payer,
    account,
    owner,
    token.mint,
    token.programId,
  );
}

function pointToItself(mint: PublicKey, authority: PublicKey): TransactionInstruction {
  return createInitializeMetadataPointerInstruction(mint, authority, mint, TOKEN_2022_PROGRAM_ID);
}

/** The token metadata interface is in no package of ours, so its one instruction is written here. */
function initializeMetadata(mint: PublicKey, authority: PublicKey): TransactionInstruction {
  const texts = METADATA_TEXTS.map((text) => {
    const bytes = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return new TransactionInstruction({
    programId: TOKEN_2022_PROGRAM_ID,
    keys: [
      { pubkey: mint, isSigner: false, isWritable: true },
      { pubkey: authority, isSigner: false, isWritable: false },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: authority, isSigner: true, isWritable: false },
    ],
    data: Buffer.concat([INITIALIZE_METADATA, ...texts]),
  });
}
