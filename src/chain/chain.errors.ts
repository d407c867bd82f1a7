import { DomainError } from '../common/errors.js';

/** No configured endpoint gave a usable answer in time. Transient: asking again later is the remedy. */
export class RpcUnavailableError extends DomainError {
  constructor(operation: string, reasons: readonly string[], detail?: string) {
    super(
      'rpc_unavailable',
      detail ??
        `No Solana RPC endpoint answered ${operation}; nothing was changed by this failure. Try again shortly.`,
      {},
      { cause: new Error(reasons.join('; ')) },
    );
    this.name = 'RpcUnavailableError';
  }
}

/** There is no endpoint to ask. Possible outside production only. */
export class RpcNotConfiguredError extends RpcUnavailableError {
  constructor() {
    super(
      'anything',
      ['SOLANA_RPC_URL is not set'],
      'SOLANA_RPC_URL is not set, so the chain cannot be asked. Set it to the URL of a Solana RPC endpoint and restart.',
    );
    this.name = 'RpcNotConfiguredError';
  }
}
