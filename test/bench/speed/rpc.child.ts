import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AccountLayout, MINT_SIZE, MintLayout, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';

/**
 * A node that answers at once, or `delayMs` later: what a request costs beside it is the service's own. It also gives prices.
 * Every escrow holds two SOL, every wallet a thousand tokens of whatever it is asked about.
 */
const SYSTEM = '11111111111111111111111111111111';
const TOKEN = TOKEN_PROGRAM_ID.toBase58();
const SUPPLY = 1_000_000n;
const HELD = 1_000n;
const { mint: MINT } = JSON.parse(process.argv[2] ?? '{}') as { mint: string };

let delayMs = 0;
let isSilent = false;
let calls = 0;
const slotNow = () => Math.floor(Date.now() / 400);

interface Call {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

function account(owner: string, data: Buffer, lamports = 2_000_000_000) {
  return {
    lamports,
    owner,
    data: [data.toString('base64'), 'base64'],
    executable: false,
    rentEpoch: 0,
    space: data.length,
  };
}

function clock(): Buffer {
  const data = Buffer.alloc(40);
  data.writeBigUInt64LE(BigInt(slotNow()), 0);
  data.writeBigInt64LE(BigInt(Math.floor(Date.now() / 1_000)), 32);
  return data;
}

function mintData(): Buffer {
  const data = Buffer.alloc(MINT_SIZE);
  const nobody = PublicKey.default;
  const none = { mintAuthorityOption: 0 as const, mintAuthority: nobody, freezeAuthorityOption: 0 as const };
  MintLayout.encode(
    { ...none, supply: SUPPLY, decimals: 0, isInitialized: true, freezeAuthority: nobody },
    data,
  );
  return data;
}

function tokenData(owner: string): Buffer {
  const data = Buffer.alloc(AccountLayout.span);
  AccountLayout.encode(
    {
      mint: new PublicKey(MINT),
      owner: new PublicKey(owner),
      amount: HELD,
      delegateOption: 0,
      delegate: PublicKey.default,
      state: 1,
      isNativeOption: 0,
      isNative: 0n,
      delegatedAmount: 0n,
      closeAuthorityOption: 0,
      closeAuthority: PublicKey.default,
    },
    data,
  );
  return data;
}

function stateOf(address: unknown, sliced: boolean): object | null {
  if (address === SYSVAR_CLOCK_PUBKEY.toBase58())
    return account('Sysvar1111111111111111111111111111111111111', clock());
  if (address === MINT) return account(TOKEN, mintData());
  // A token's other accounts (metadata, curve, pool) are asked for with their data: it has none.
  return sliced ? account(SYSTEM, Buffer.alloc(0)) : null;
}

/** Its metadata, curve and pool are read with a length; escrows with a length of 0. */
function isBalanceQuestion(options: unknown): boolean {
  return (options as { dataSlice?: { length?: number } } | undefined)?.dataSlice?.length === 0;
}

function resultOf({ method, params = [] }: Call): unknown {
  const context = { slot: slotNow(), apiVersion: '3.0.0' };
  switch (method) {
    case 'getMultipleAccounts': {
      const value = (params[0] as string[]).map((address) => stateOf(address, isBalanceQuestion(params[1])));
      return { context, value };
    }
    case 'getAccountInfo':
      return { context, value: stateOf(params[0], true) };
    case 'getTokenAccountsByOwner': {
      const owner = String(params[0]);
      return { context, value: [{ pubkey: owner, account: account(TOKEN, tokenData(owner), 2_039_280) }] };
    }
    case 'getSignaturesForAddress':
      return [];
    case 'getSlot':
    case 'getBlockHeight':
      return slotNow();
    case 'getBlockTime':
      return Math.floor(Date.now() / 1_000);
    case 'getFirstAvailableBlock':
      return 0;
    case 'getMinimumBalanceForRentExemption':
      return 890_880;
    case 'getLatestBlockhash':
      return { context, value: { blockhash: SYSTEM, lastValidBlockHeight: slotNow() + 150 } };
    case 'getGenesisHash':
      return '8Qm1bDDcsUYFPmyvnNVhJQtgLgNbWWmAfVJYLcLfoKLD';
    default:
      return null;
  }
}

function send(response: ServerResponse, answer: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    calls += 1;
    if (isSilent) return;
    const answer =
      request.method === 'GET'
        ? { [MINT]: { usdPrice: 1, liquidity: 1_000_000, decimals: 0, blockId: slotNow() } }
        : answerTo(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call);
    if (delayMs === 0) send(response, answer);
    else void delay(delayMs).then(() => send(response, answer));
  });
});

function answerTo(call: Call) {
  return { jsonrpc: '2.0', id: call.id, result: resultOf(call) };
}

process.on('message', (order: { delayMs?: number; isSilent?: boolean }) => {
  delayMs = order.delayMs ?? 0;
  isSilent = order.isSilent ?? false;
  process.send?.({ calls });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
