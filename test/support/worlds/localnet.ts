import { type LocalChain, startLocalChain } from '#src/local/chain/chain.js';

export interface TestChainOptions {
  readonly slotMs?: number;
  readonly port?: number;
}

/** A chain of the test's own. Fast slots: finality comes 31 slots late and a blockhash dies after 150. */
export function startTestChain({ slotMs = 20, ...rest }: TestChainOptions = {}): Promise<LocalChain> {
  return startLocalChain({ slotMs, ...rest });
}
