import { DomainError } from '#src/common/errors/errors.js';

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

/** Voices contradict each other about something that cannot be taken back. No waiting makes one of them right. */
export class ChainDisagreesError extends DomainError {
  constructor(operation: string, reason: string) {
    super(
      'chain_disagrees',
      `The RPC voices do not agree on ${operation}: ${reason}. Nothing was decided; see "ops rpc check".`,
    );
    this.name = 'ChainDisagreesError';
  }
}

/** One voice answers and the question needs two. Transient: the other one may come back. */
export class SingleSourceError extends DomainError {
  constructor(operation: string, reason: string) {
    super(
      'single_source',
      `One RPC voice alone does not decide ${operation}: ${reason}. Nothing was decided; it is asked again automatically.`,
    );
    this.name = 'SingleSourceError';
  }
}

/** A history of transactions begins later than it has to: what is missing may be a payment. */
export class HistoryIncompleteError extends DomainError {
  constructor(address: string, reason: string) {
    super(
      'history_incomplete',
      `history_incomplete: the transactions of ${address} cannot be told completely: ${reason}. ` +
        'Nothing is paid out of it meanwhile; it is asked again automatically. See "ops rpc check".',
    );
    this.name = 'HistoryIncompleteError';
  }
}

/** The chain could not be asked, or not be believed: nothing is known, nothing was changed, and asking again is the remedy. */
export function isChainTrouble(error: unknown): error is DomainError {
  return (
    error instanceof DomainError &&
    ['rpc_unavailable', 'chain_disagrees', 'single_source', 'history_incomplete'].includes(error.code)
  );
}
