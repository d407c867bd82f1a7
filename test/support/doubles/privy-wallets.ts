import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { TestWallet } from '../builders/wallets.js';
import { type Json, type PrivyFault, type PrivyRequest, Refusal } from './privy-request.js';
import { corrupt, otherMessage, signInside } from './privy-signing.js';

export interface PrivyWallet {
  readonly id: string;
  readonly key: TestWallet;
  readonly owner: KeyObject | undefined;
  readonly told: Json;
}

/** The wallets of the double, and what its routes do with them. */
export class PrivyWallets {
  readonly all: PrivyWallet[] = [];

  find(walletId: string | undefined): PrivyWallet | undefined {
    return this.all.find(({ id }) => id === walletId);
  }

  /** What a request that has passed every check is answered. @throws Refusal */
  answer({ method, path, walletId, body }: PrivyRequest, fault: PrivyFault | undefined): unknown {
    const wallet = this.find(walletId);
    if (method === 'POST' && path === '/wallets') return this.create(body, fault);
    if (method === 'GET' && /^\/wallets(\?|$)/.test(path))
      return { data: this.all.map(({ told }) => told), next_cursor: null };
    if (wallet === undefined) throw new Refusal(404, 'Wallet not found');
    if (method === 'GET' && path === `/wallets/${wallet.id}`) return wallet.told;
    if (method === 'POST' && path === `/wallets/${wallet.id}/rpc`) return rpc(wallet, body, fault);
    throw new Refusal(404, 'Not found');
  }

  private create(body: Json, fault: PrivyFault | undefined): Json {
    if (body['chain_type'] !== 'solana') throw new Refusal(400, 'This double makes Solana wallets only');
    const { public_key: publicKey } = (body['owner'] ?? {}) as { public_key?: string };
    const wallet = {
      id: `w${randomUUID().replaceAll('-', '').slice(0, 23)}`,
      key: TestWallet.generate(),
      owner: publicKey === undefined ? undefined : p256(publicKey),
    };
    const told = {
      id: wallet.id,
      address: wallet.key.address,
      chain_type: 'solana',
      policy_ids: [],
      owner_id: publicKey === undefined ? null : randomUUID(),
      additional_signers: [],
      created_at: Date.now(),
      ...(fault?.kind === 'wallet' ? fault.change : {}),
    };
    this.all.push({ ...wallet, told });
    return told;
  }
}

function rpc({ key }: PrivyWallet, { method, params }: Json, fault: PrivyFault | undefined): Json {
  const { transaction, encoding } = (params ?? {}) as Record<string, string>;
  if (method !== 'signTransaction' || encoding !== 'base64' || transaction === undefined)
    throw new Refusal(400, 'Invalid RPC request');
  const given = new Uint8Array(Buffer.from(transaction, 'base64'));
  const signed = signInside(fault?.kind === 'other_message' ? otherMessage(given) : given, key);
  if (signed === null) throw new Refusal(400, 'The wallet is no signer of this transaction');
  const bytes = fault?.kind === 'wrong_signature' ? corrupt(signed) : signed;
  const data = { signed_transaction: Buffer.from(bytes).toString('base64'), encoding };
  return { method, data };
}

function p256(base64: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw new Refusal(400, 'Invalid public key');
  }
}
