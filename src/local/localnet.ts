import { parseArgs } from 'node:util';
import { messageOf } from '#src/common/errors/errors.js';
import { startLocalChain } from '#src/local/chain/chain.js';
import { LocalWorldError } from '#src/local/support/local-world-error.js';

const USAGE = `Usage: npm run localnet -- [--port 8899] [--slot-ms 400]

Runs a local Solana chain until Ctrl-C. JSON-RPC on --port, WebSocket on the next port; a slot every --slot-ms milliseconds.
Each start is a new, empty chain. Fund a wallet with requestAirdrop.
`;

class UsageError extends Error {}

/** @throws UsageError on an unknown flag or a value out of range. */
function options(): { port: number; slotMs: number } {
  const { values } = parseArgs({
    strict: true,
    options: {
      port: { type: 'string', default: '8899' },
      'slot-ms': { type: 'string', default: '400' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  return {
    port: integer('--port', values.port, 1, 65_534),
    slotMs: integer('--slot-ms', values['slot-ms'], 1, 60_000),
  };
}

function integer(flag: string, text: string, min: number, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${flag} must be a whole number from ${min} to ${max}, not "${text}"`);
}

function isUsageError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
}

/** Resolves on the first SIGINT or SIGTERM; those that follow are ignored while the chain stops. */
function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    // A promise does not keep the process alive, and neither does the chain.
    const alive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(alive);
      resolve();
    };
    process.on('SIGINT', end).on('SIGTERM', end);
  });
}

async function run(): Promise<void> {
  const { port, slotMs } = options();
  const end = untilAskedToEnd();
  const chain = await startLocalChain({ port, slotMs });
  process.stdout.write(
    `Local Solana chain, a slot every ${slotMs} ms\n  RPC        ${chain.rpcUrl}\n  WebSocket  ${chain.wsUrl}\nCtrl-C ends it.\n`,
  );
  await end;
  await chain.stop();
}

try {
  await run();
  process.exit(0);
} catch (error) {
  if (isUsageError(error)) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`);
    process.exit(2);
  }
  process.stderr.write(
    error instanceof LocalWorldError ? `${error.message}\n` : `${String((error as Error).stack)}\n`,
  );
  process.exit(1);
}
