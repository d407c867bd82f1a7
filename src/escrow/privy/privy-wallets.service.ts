import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PrivyClient } from '@privy-io/server-auth';
import { Settings } from '#config/settings.js';
import { type OutsideTransaction, unsignedTransaction } from '#src/chain/signing/outside-signer.js';
import { failureReason, type PrivyWallet } from './privy-answer.js';

/** Well below the life of a blockhash: an answer that comes later would be of no use. */
const TIMEOUT_MS = 8_000;

type WalletApi = PrivyClient['walletApi'];

/** Privy gave no usable answer. `reason` is in our own words; the upstream's own are never passed on. */
export class PrivyError extends Error {
  override readonly name = 'PrivyError';

  constructor(readonly reason: string) {
    super(`Privy: ${reason}`);
  }
}

/** Privy's server wallets. The only file that knows its library, which is loaded when a wallet is first needed. */
@Injectable()
export class PrivyWallets {
  private loading: Promise<WalletApi> | undefined;

  constructor(private readonly settings: Settings) {}

  /**
   * A new Solana wallet, or the one that was made under this key in the last 24 hours. With an authorization key the wallet
   * belongs to it: the app's secret alone then signs nothing.
   * @throws PrivyError
   */
  create(idempotencyKey: string): Promise<PrivyWallet> {
    const publicKey = this.authorizationPublicKey();
    const owner = publicKey === undefined ? {} : { owner: { publicKey } };
    return this.ask((api) => api.createWallet({ chainType: 'solana', idempotencyKey, ...owner }));
  }

  /** @throws PrivyError, also when the app has no such wallet */
  get(id: string): Promise<PrivyWallet> {
    return this.ask((api) => api.getWallet({ id }));
  }

  /** Any Solana wallet of the app. @throws PrivyError */
  first(): Promise<PrivyWallet | undefined> {
    return this.ask(async (api) => (await api.getWallets({ chainType: 'solana', limit: 1 })).data[0]);
  }

  /**
   * Asks the wallet to sign a message; nothing is sent to a chain. Check what comes back: `signatureIn`.
   * @param idempotencyKey the answer to its first use, also an error, is given to every later one for 24 hours
   * @throws PrivyError
   */
  sign(walletId: string, message: Uint8Array, idempotencyKey?: string): Promise<OutsideTransaction> {
    const transaction = unsignedTransaction(message);
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    return this.ask(async (api) => {
      const answer = await api.solana.signTransaction({ walletId, transaction, ...key });
      return answer.signedTransaction as OutsideTransaction;
    });
  }

  private async ask<T>(question: (api: WalletApi) => Promise<T>): Promise<T> {
    this.loading ??= this.load();
    const api = await this.loading;
    try {
      return await question(api);
    } catch (error) {
      throw new PrivyError(failureReason(error));
    }
  }

  private async load(): Promise<WalletApi> {
    const { PRIVY_APP_ID, PRIVY_APP_SECRET, PRIVY_API_URL, PRIVY_WALLET_API_URL } = this.settings.env;
    if (PRIVY_APP_ID === undefined || PRIVY_APP_SECRET === undefined)
      throw new PrivyError('PRIVY_APP_ID and PRIVY_APP_SECRET are not set');
    const { PrivyClient: Client } = await import('@privy-io/server-auth');
    const authorizationPrivateKey = this.settings.env.PRIVY_AUTHORIZATION_PRIVATE_KEY;
    const client = new Client(PRIVY_APP_ID, PRIVY_APP_SECRET, {
      apiURL: withoutSlash(PRIVY_API_URL),
      timeout: TIMEOUT_MS,
      walletApi: {
        apiURL: withoutSlash(PRIVY_WALLET_API_URL),
        ...(authorizationPrivateKey === undefined ? {} : { authorizationPrivateKey }),
      },
    });
    return client.walletApi;
  }

  private authorizationPublicKey(): string | undefined {
    const text = this.settings.env.PRIVY_AUTHORIZATION_PRIVATE_KEY;
    if (text === undefined) return undefined;
    const der = Buffer.from(text.replace('wallet-auth:', ''), 'base64');
    const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    return key.export({ format: 'der', type: 'spki' }).toString('base64');
  }
}

/** The signature over a request covers its address, which the library makes by joining two texts. */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
