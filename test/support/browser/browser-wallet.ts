import { createSignInMessageText } from '@solana/wallet-standard-util';
import { VersionedMessage } from '@solana/web3.js';
import { signText } from '../builders/personal.js';
import { TestWallet } from '../builders/wallets.js';
import { decodeSignature } from '#src/common/text/base58.js';

export type WalletFeature = 'solana:signMessage' | 'solana:signIn' | 'solana:signTransaction';
type SignInFields = Parameters<typeof createSignInMessageText>[0];

/** What the person, or a bad wallet, does with what the page asks for. */
export type Behaviour = 'signs' | 'rejects' | 'alters' | 'signs in an envelope';

const ICON = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle cx=".5" cy=".5" r=".5" fill="#7a5cff"/></svg>',
).toString('base64')}`;

export interface WalletAnswer {
  readonly signature: number[];
  /** What was signed, as the wallet reports it. */
  readonly signed: number[];
}

/** A wallet of a browser: its page side is wallet-in-page.js, its key stays in the test. */
export class BrowserWallet {
  behaviour: Behaviour = 'signs';
  /** Texts that the page has had signed. */
  readonly signed: string[] = [];

  constructor(
    readonly name: string,
    readonly key: TestWallet = TestWallet.generate(),
    readonly features: readonly WalletFeature[] = ['solana:signMessage'],
    readonly isLate = false,
  ) {}

  /** What its page side is told. */
  describe() {
    const { name, features, isLate } = this;
    const { address, keypair } = this.key;
    return { name, features, isLate, icon: ICON, address, publicKey: [...keypair.publicKey.toBytes()] };
  }

  answer(kind: string, bytes: readonly number[]): WalletAnswer | { readonly refused: string } {
    if (kind === 'connect') return { signature: [], signed: [] };
    if (this.behaviour === 'rejects') return { refused: 'User rejected the request.' };
    if (kind === 'transaction') return this.signTransaction(Uint8Array.from(bytes));
    const given = Buffer.from(bytes).toString('utf8');
    const wanted = kind === 'signIn' ? createSignInMessageText(JSON.parse(given) as SignInFields) : given;
    const text = this.behaviour === 'alters' ? `${wanted} ` : wanted;
    this.signed.push(text);
    const form = this.behaviour === 'signs in an envelope' ? 'v0' : 'plain';
    const signature = decodeSignature(signText(this.key, text, form)) ?? new Uint8Array();
    return { signature: [...signature], signed: [...Buffer.from(text)] };
  }

  /** One signature is wanted, and it stands before the message. */
  private signTransaction(transaction: Uint8Array): WalletAnswer {
    const message = transaction.slice(65);
    const [memo] = VersionedMessage.deserialize(message).compiledInstructions;
    this.signed.push(Buffer.from(memo?.data ?? []).toString('utf8'));
    if (this.behaviour === 'alters') message[message.length - 1] = (message.at(-1) ?? 0) ^ 1;
    const signature = this.key.sign(message);
    return { signature: [...signature], signed: [1, ...signature, ...message] };
  }
}
