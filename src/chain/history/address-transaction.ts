import { type VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import type { AddressTransaction, TransferPlan } from '#src/chain/port/chain.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import { RpcFailure } from '#src/chain/rpc/rpc-failure.js';
import { decodeTransfer, decodeUnwrap } from '#src/chain/signing/decode-message.js';
import { transferFee } from '#src/chain/signing/transfer-transaction.js';
import { verifyStrict } from '#src/chain/signing/strict-ed25519.js';
import { PUMP_AMM_PROGRAM, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { encodeBase58 } from '#src/common/text/base58.js';

const PUMP: ReadonlySet<string | undefined> = new Set([PUMP_PROGRAM.toBase58(), PUMP_AMM_PROGRAM.toBase58()]);

interface Meta {
  readonly err?: unknown;
  readonly fee?: unknown;
  readonly preBalances?: readonly unknown[];
  readonly postBalances?: readonly unknown[];
  readonly loadedAddresses?: { readonly writable?: readonly string[]; readonly readonly?: readonly string[] };
}

/** @throws RpcFailure, also for bytes that are not those of the signature: who signed what is proven, not believed */
export async function readTransactionOf(
  endpoint: RpcEndpoint,
  address: string,
  signature: string,
): Promise<AddressTransaction | null> {
  const options = { commitment: 'finalized', encoding: 'base64', maxSupportedTransactionVersion: 0 };
  const answer = await endpoint.request('getTransaction', [signature, options]);
  if (answer === null) return null;
  const { transaction, meta, slot, blockTime } = answer as Readonly<Record<string, unknown>>;
  const [text] = Array.isArray(transaction) ? (transaction as unknown[]) : [];
  if (typeof text !== 'string' || typeof meta !== 'object' || meta === null)
    throw new RpcFailure('malformed', 'a transaction without its bytes or metadata');
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const { message, signatures } = VersionedTransaction.deserialize(bytes);
  requireSigned(message, signatures, signature);
  const seen = seenBy(address, message, meta);
  if (seen === null) return null;
  const content = message.serialize();
  const transfer = decodeTransfer(content);
  return {
    ...seen,
    // What it has cost follows from its own bytes; the embedded chain's record leaves out the priority fee.
    feeLamports: transfer === null ? seen.feeLamports : feeOf(transfer, message),
    signature,
    slot: toCount(slot),
    blockTime: typeof blockTime === 'number' ? new Date(blockTime * 1000) : null,
    transfer,
    unwraps: seen.balanceAfter >= seen.balanceBefore && decodeUnwrap(content)?.source === address,
    message: content,
    bytes,
  };
}

function feeOf({ computeUnitPriceMicroLamports }: TransferPlan, { header }: VersionedMessage): bigint {
  return transferFee(header.numRequiredSignatures, computeUnitPriceMicroLamports);
}

type Seen = Omit<
  AddressTransaction,
  'signature' | 'unwraps' | 'slot' | 'blockTime' | 'transfer' | 'message' | 'bytes'
>;

function seenBy(address: string, message: VersionedMessage, meta: Meta): Seen | null {
  const own = message.staticAccountKeys.map((key) => key.toBase58());
  const loaded = [...(meta.loadedAddresses?.writable ?? []), ...(meta.loadedAddresses?.readonly ?? [])];
  const place = [...own, ...loaded].indexOf(address);
  const [feePayer] = own;
  if (place === -1 || feePayer === undefined) return null;
  const isSigner = place < message.header.numRequiredSignatures;
  const [balanceBefore, balanceAfter] = [
    toCount(meta.preBalances?.[place]),
    toCount(meta.postBalances?.[place]),
  ];
  if (!isSigner && balanceAfter < balanceBefore)
    throw new RpcFailure('malformed', 'a transaction takes money out of a wallet that has not signed it');
  return {
    failed: (meta.err ?? null) !== null,
    isSigner,
    balanceBefore,
    balanceAfter,
    feePayer,
    feeLamports: toCount(meta.fee),
    namesPump: message.compiledInstructions.some(({ programIdIndex }) => PUMP.has(own[programIdIndex])),
  };
}

function requireSigned(
  message: VersionedMessage,
  signatures: readonly Uint8Array[],
  signature: string,
): void {
  const [first = new Uint8Array()] = signatures;
  const signers = message.staticAccountKeys.slice(0, message.header.numRequiredSignatures);
  const content = message.serialize();
  const isProven =
    encodeBase58(first) === signature &&
    signers.every((key, index) =>
      verifyStrict(key.toBytes(), content, signatures[index] ?? new Uint8Array()),
    );
  if (!isProven)
    throw new RpcFailure('malformed', 'a transaction whose bytes are not those of its signature');
}
