import { decodePublicKey } from '#src/common/text/base58.js';
import { verifyStrict } from './strict-ed25519.js';

const SIGNING_DOMAIN = Buffer.concat([Buffer.of(0xff), Buffer.from('solana offchain', 'ascii')]);
/** A version 0 message of no application in particular; the message's text names ours. */
const NO_APPLICATION = Buffer.alloc(32);
/** 0: ASCII, 1: UTF-8 within the limit of hardware wallets, 2: UTF-8. The wallet chooses; the text is the same. */
const FORMATS = [0, 1, 2] as const;
const ONE_SIGNER = 1;
const MAX_V0_TEXT_BYTES = 0xffff;

/** What a wallet may sign around a text: nothing, or one of Solana's off-chain-message headers, named for the record. */
export type Envelope = 'text' | 'offchain-v1' | `offchain-v0-${0 | 1 | 2}` | `offchain-bare-${0 | 1 | 2}`;

/**
 * True when `signature` is the wallet's strict Ed25519 signature of the message: of its UTF-8 text, or of one of Solana's
 * off-chain-message envelopes around it (hardware wallets sign nothing else). Never throws.
 * @param wallet base58 address; text that is none gives false.
 */
export function verifyWalletSignature(message: string, wallet: string, signature: Uint8Array): boolean {
  return envelopeOf(message, wallet, signature) !== null;
}

/** Which bytes around the message the wallet has signed; null for none of them. Never throws. */
export function envelopeOf(message: string, wallet: string, signature: Uint8Array): Envelope | null {
  const publicKey = decodePublicKey(wallet);
  if (publicKey === null || signature.length !== 64) return null;
  const found = signableForms(message, publicKey).find(({ bytes }) =>
    verifyStrict(publicKey, bytes, signature),
  );
  return found?.envelope ?? null;
}

/** Whether the wallet has signed the message in this envelope. Never throws. */
export function isSignedIn(
  envelope: string,
  message: string,
  wallet: string,
  signature: Uint8Array,
): boolean {
  const publicKey = decodePublicKey(wallet);
  if (publicKey === null || signature.length !== 64) return false;
  const form = signableForms(message, publicKey).find((one) => one.envelope === envelope);
  return form !== undefined && verifyStrict(publicKey, form.bytes, signature);
}

interface Form {
  readonly envelope: Envelope;
  readonly bytes: Uint8Array;
}

/** Every byte string that a wallet may sign for this text. */
function signableForms(message: string, signer: Uint8Array): Form[] {
  const text = Buffer.from(message, 'utf8');
  const forms: Form[] = [
    { envelope: 'text', bytes: text },
    { envelope: 'offchain-v1', bytes: versionOne(text, signer) },
  ];
  if (text.length > MAX_V0_TEXT_BYTES) return forms;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  for (const format of FORMATS) {
    const named = [versionZero(NO_APPLICATION, format), Buffer.of(ONE_SIGNER), signer, length, text];
    forms.push(
      { envelope: `offchain-v0-${format}`, bytes: Buffer.concat(named) },
      // The header of older hardware-wallet flows: no application, no signers.
      {
        envelope: `offchain-bare-${format}`,
        bytes: Buffer.concat([versionZero(Buffer.alloc(0), format), length, text]),
      },
    );
  }
  return forms;
}

function versionZero(application: Uint8Array, format: number): Uint8Array {
  return Buffer.concat([SIGNING_DOMAIN, Buffer.of(0), application, Buffer.of(format)]);
}

function versionOne(text: Uint8Array, signer: Uint8Array): Uint8Array {
  return Buffer.concat([SIGNING_DOMAIN, Buffer.of(1, ONE_SIGNER), signer, text]);
}
