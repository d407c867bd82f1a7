import { createRequire } from 'node:module';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { messageOf } from '#src/common/errors/errors.js';
import { LocalWorldError } from '#src/local/support/local-world-error.js';

/** What only a local chain can do. */
export interface ChainCheats {
  /** Sets the balance of an address, in lamports. No transaction is made for it. */
  fundSol(address: string, lamports: bigint): Promise<void>;
  /** Moves the chain's clock; forward only. */
  timeTravelTo(date: Date): Promise<void>;
  /** No more blocks, so that no blockhash gets older, until they are let go on. Reads are answered all the while. */
  stopBlocks(): Promise<void>;
  resumeBlocks(): Promise<void>;
}

/** A running chain of its own, in this process and in memory; gone after `stop()`. */
export interface LocalChain {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly cheats: ChainCheats;
  stop(): Promise<void>;
}

export interface LocalChainOptions {
  /** JSON-RPC on this port, WebSocket on the next one, as Solana clients expect; without it both ports are free ones. */
  readonly port?: number;
  readonly slotMs?: number;
}

/** The part of the library that we use; it ships no types. */
interface Surfnet {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  drainEvents(): unknown[];
  stop(): void;
}
interface SurfpoolLibrary {
  readonly Surfnet: {
    startWithConfig(config: {
      offline: boolean;
      blockProductionMode: 'clock';
      slotTimeMs: number;
      airdropSol: number;
    }): Surfnet;
  };
}

const DEFAULT_SLOT_MS = 400;
const DRAIN_EVERY_MS = 1_000;

/**
 * Starts an embedded Solana chain: the real runtime behind a validator's JSON-RPC and WebSocket, on 127.0.0.1.
 * @throws LocalWorldError that says what to do instead.
 */
export async function startLocalChain(options: LocalChainOptions = {}): Promise<LocalChain> {
  const { Surfnet } = loadLibrary();
  // The wanted ports first: the library picks free ports of its own, and could pick these.
  const forwards = options.port === undefined ? [] : await openForwards(options.port);
  try {
    const surfnet = Surfnet.startWithConfig({
      offline: true,
      blockProductionMode: 'clock',
      slotTimeMs: options.slotMs ?? DEFAULT_SLOT_MS,
      airdropSol: 0,
    });
    return running(surfnet, forwards, options.port);
  } catch (error) {
    await Promise.all(forwards.map((forward) => forward.close()));
    throw new LocalWorldError(`The embedded Solana chain did not start: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function running(surfnet: Surfnet, forwards: readonly Forward[], port?: number): LocalChain {
  const [rpcForward, wsForward] = forwards;
  rpcForward?.to(Number(new URL(surfnet.rpcUrl).port));
  wsForward?.to(Number(new URL(surfnet.wsUrl).port));
  // The library queues an event a slot until somebody takes them.
  const drain = setInterval(() => surfnet.drainEvents(), DRAIN_EVERY_MS).unref();
  let stopped = false;
  return {
    rpcUrl: port === undefined ? surfnet.rpcUrl : `http://127.0.0.1:${port}`,
    wsUrl: port === undefined ? surfnet.wsUrl : `ws://127.0.0.1:${port + 1}`,
    cheats: cheats(surfnet.rpcUrl),
    stop: async () => {
      if (stopped) return;
      stopped = true;
      clearInterval(drain);
      await Promise.all(forwards.map((forward) => forward.close()));
      surfnet.stop();
    },
  };
}

/** Over JSON-RPC: the library's own methods block the thread until the chain has answered. */
function cheats(rpcUrl: string): ChainCheats {
  return {
    fundSol: (address, lamports) =>
      call(rpcUrl, 'surfnet_setAccount', [address, { lamports: safeInteger(lamports) }]),
    timeTravelTo: (date) => call(rpcUrl, 'surfnet_timeTravel', [{ absoluteTimestamp: date.getTime() }]),
    stopBlocks: () => call(rpcUrl, 'surfnet_pauseClock', []),
    resumeBlocks: () => call(rpcUrl, 'surfnet_resumeClock', []),
  };
}

function safeInteger(lamports: bigint): number {
  const value = Number(lamports);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${lamports} lamports do not fit into JSON`);
  return value;
}

async function call(rpcUrl: string, method: string, params: unknown[]): Promise<void> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(60_000),
  });
  const answer = (await response.json()) as { error?: { message: string; data?: unknown } };
  if (answer.error) {
    throw new Error(
      `${method} was refused: ${answer.error.message} ${JSON.stringify(answer.error.data ?? '')}`,
    );
  }
}

function loadLibrary(): SurfpoolLibrary {
  const libc = process.platform === 'linux' ? '-gnu' : '';
  const name = `@solana/surfpool-${process.platform}-${process.arch}${libc}`;
  try {
    return createRequire(import.meta.url)(name) as SurfpoolLibrary;
  } catch (error) {
    throw new LocalWorldError(
      `There is no embedded Solana chain for ${process.platform}-${process.arch} here (package ${name}). ` +
        'Set SOLANA_RPC_URL to a solana-test-validator or `surfpool start`, for example http://127.0.0.1:8899.',
      { cause: error },
    );
  }
}

/** A plain TCP forward on 127.0.0.1. */
interface Forward {
  to(port: number): void;
  close(): Promise<void>;
}

async function openForwards(port: number): Promise<Forward[]> {
  const first = await openForward(port);
  try {
    return [first, await openForward(port + 1)];
  } catch (error) {
    await first.close();
    throw error;
  }
}

function openForward(port: number): Promise<Forward> {
  let target: number | undefined;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (target === undefined) client.destroy();
    else join(client, connect(target, '127.0.0.1'), open);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(port, error)));
    server.listen(port, '127.0.0.1', () => {
      resolve({ to: (port) => (target = port), close: () => closeForward(server, open) });
    });
  });
}

function join(client: Socket, upstream: Socket, open: Set<Socket>): void {
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    open.add(from);
    from.setNoDelay(true);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }
}

function closeForward(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}

function cannotListen(port: number, error: NodeJS.ErrnoException): LocalWorldError {
  const why = error.code === 'EADDRINUSE' ? 'it is in use' : error.message;
  return new LocalWorldError(
    `The local chain cannot listen on 127.0.0.1:${port}: ${why}. It needs the RPC port and the next one; choose another with --port.`,
    { cause: error },
  );
}
