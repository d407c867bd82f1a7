import { DomainError } from '../common/errors.js';

/** No configured endpoint gave a usable answer in time. Transient: asking again later is the remedy. */
export class RpcUnavailableError extends DomainError {
  constructor(operation: string, reasons: readonly string[]) {
    super(
      'rpc_unavailable',
      `No Solana RPC endpoint answered ${operation}; nothing was changed by this failure. Try again shortly.`,
      {},
      { cause: new Error(reasons.join('; ')) },
    );
    this.name = 'RpcUnavailableError';
  }
}
