import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { type LocalWorld, startLocalWorld } from '#src/local/world.js';
import { pause } from '../../support/clock.js';
import { type Child, startProgram } from '../../support/processes/child.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { pollUntil } from '../../support/poll.js';
import { freePortPair, isFreePort } from '../../support/ports.js';
import { execute } from '../../support/sql.js';
import {
  SOL,
  TestWallet,
  airdrop,
  balanceOf,
  fundedWallet,
  transferSol,
} from '../../support/builders/wallets.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cts-local-spec-'));
  // As root the database server is another user, for whom this is to be the temporary folder.
  await chmod(folder, 0o1777);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function postmasterPid(url: string): Promise<number> {
  const [row] = await execute<{ pid: string }>(
    url,
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
  );
  return Number(row?.pid);
}

function untilDead(pid: number): Promise<true> {
  return pollUntil(`process ${pid} to end`, () => (isAlive(pid) ? undefined : true));
}

/** The names of the servers' folders that are left in `path`, once there are none. */
function untilRemoved(path: string): Promise<string[]> {
  return pollUntil(`the server's folder in ${path} to go`, async () => {
    const left = (await readdir(path)).filter((name) => name.startsWith('commit-to-ship-'));
    return left.length === 0 ? left : undefined;
  });
}

describe('the embedded PostgreSQL', () => {
  let child: Child | undefined;
  afterEach(() => child?.kill());

  it('serves, and leaves neither process nor folder when stopped', async () => {
    const server = await startPostgres();
    const pid = await postmasterPid(server.url);
    const [row] = await execute<{ dir: string }>(
      server.url,
      `SELECT current_setting('data_directory') AS dir`,
    );
    expect(isAlive(pid)).toBe(true);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
    await expect(stat(join(row?.dir ?? '', '..'))).rejects.toThrow('ENOENT');
    await server.stop();
  });

  it('lets nobody in without its password', async () => {
    const server = await startPostgres();
    try {
      const stranger = new URL(server.url);
      stranger.password = 'guess';
      await expect(execute(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    } finally {
      await server.stop();
    }
  });

  it('ends when its owner is killed, and takes its folder with it', async () => {
    child = startProgram('test/support/processes/hold-postgres.ts', { env: { TMPDIR: folder } });
    const [, url = ''] = await child.line(/^ready (.+)$/m);
    const pid = await postmasterPid(url);
    await child.kill();
    await expect(untilDead(pid)).resolves.toBe(true);
    await expect(untilRemoved(folder)).resolves.toEqual([]);
  });

  it.each([0, 3, 10, 30, 100, 300, 600])(
    'leaves nothing when its owner is killed %i ms into the start',
    async (delay) => {
      child = startProgram('test/support/processes/hold-postgres.ts', { env: { TMPDIR: folder } });
      await child.line(/^starting$/m);
      await pause(delay);
      await child.kill();
      await expect(untilRemoved(folder)).resolves.toEqual([]);
    },
  );
});

describe('the embedded chain', () => {
  let chain: LocalChain | undefined;
  let squatter: Server | undefined;
  afterEach(async () => {
    await chain?.stop();
    await new Promise((resolve) => (squatter ? squatter.close(resolve) : resolve(undefined)));
    [chain, squatter] = [undefined, undefined];
  });

  it('moves exactly the lamports that a transfer says', async () => {
    chain = await startTestChain();
    const wallet = await fundedWallet(chain, 3n * SOL);
    const other = TestWallet.generate();
    await transferSol(chain.rpcUrl, wallet, other.address, SOL);
    expect(await balanceOf(chain.rpcUrl, other.address)).toBe(SOL);
    expect(await balanceOf(chain.rpcUrl, wallet.address)).toBe(2n * SOL - 5_000n);
    await airdrop(chain.rpcUrl, other.address, SOL);
    expect(await balanceOf(chain.rpcUrl, other.address)).toBe(2n * SOL);
  });

  it('travels in time, and its clock follows', async () => {
    chain = await startTestChain();
    const target = new Date(Date.now() + 30 * 86_400_000);
    await chain.cheats.timeTravelTo(target);
    const connection = new Connection(chain.rpcUrl, 'confirmed');
    const clock = await connection.getAccountInfo(
      new PublicKey('SysvarC1ock11111111111111111111111111111111'),
    );
    const seconds = Number(clock?.data.readBigInt64LE(32));
    expect(Math.abs(seconds - target.getTime() / 1000)).toBeLessThan(10);
    await expect(chain.cheats.timeTravelTo(new Date(0))).rejects.toThrow('surfnet_timeTravel was refused');
  });

  it('says which port is taken', async () => {
    const port = await freePortPair();
    squatter = createServer();
    await new Promise((resolve) => squatter?.listen(port + 1, '127.0.0.1', () => resolve(undefined)));
    await expect(startTestChain({ port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port + 1}: it is in use`,
    );
    expect(await isFreePort(port)).toBe(true);
  });
});

/** web3.js keeps its socket for half a second, and complains when the server goes first. */
function closeWebSocket(connection: Connection): void {
  (connection as unknown as { _rpcWebSocket: { close(): void } })._rpcWebSocket.close();
}

describe('npm run localnet', () => {
  const program = 'src/local/localnet.ts';
  let child: Child | undefined;
  afterEach(() => child?.kill());

  it('serves RPC on the port and WebSocket on the next, until Ctrl-C', async () => {
    const port = await freePortPair();
    child = startProgram(program, { args: ['--port', String(port), '--slot-ms', '20'] });
    await child.line(new RegExp(`http://127.0.0.1:${port}\\b[^]*ws://127.0.0.1:${port + 1}\\b`));
    const response = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getHealth' }),
    });
    expect(await response.json()).toMatchObject({ result: 'ok' });

    // web3.js looks for the WebSocket on the next port by itself.
    const connection = new Connection(`http://127.0.0.1:${port}`, 'confirmed');
    const slot = vi.fn<() => void>();
    const subscription = connection.onSlotChange(slot);
    await expect.poll(() => slot.mock.calls.length).toBeGreaterThan(0);
    await connection.removeSlotChangeListener(subscription);
    closeWebSocket(connection);

    child.process.kill('SIGINT');
    expect(await child.ended).toBe(0);
    expect(await isFreePort(port)).toBe(true);
    expect(await isFreePort(port + 1)).toBe(true);
  });

  it.each([
    [['--prot', '8899'], "Unknown option '--prot'"],
    [['--port', '70000'], '--port must be a whole number'],
    [['--slot-ms', '0'], '--slot-ms must be a whole number'],
    [['extra'], "Unexpected argument 'extra'"],
  ])('answers %j with its usage and exit code 2', async (args, message) => {
    child = startProgram(program, { args });
    expect(await child.ended).toBe(2);
    expect(child.stderr()).toContain(message);
    expect(child.stderr()).toContain('Usage: npm run localnet');
    expect(child.stdout()).toBe('');
  });

  it('answers a taken port with one line and exit code 1', async () => {
    const port = await freePortPair();
    const chain = await startTestChain({ port });
    child = startProgram(program, { args: ['--port', String(port)] });
    expect(await child.ended).toBe(1);
    expect(child.stderr().trim().split('\n')).toEqual([
      expect.stringContaining(`127.0.0.1:${port}: it is in use`),
    ]);
    await chain.stop();
  });
});

describe('the local world', () => {
  let world: LocalWorld | undefined;
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  it('is complete without a single setting, and keeps only the secret and the admin', async () => {
    world = await startLocalWorld({}, folder);
    const first = parseEnvironment(world.env);
    expect(first.SOLANA_CLUSTER).toBe('localnet');
    expect(world.banner).toMatchObject({ embeddedDatabase: true, embeddedChain: true });
    const admin = TestWallet.fromFile(world.banner.adminKeypairFile ?? '');
    expect(first.ADMIN_WALLET_PUBKEYS).toEqual([admin.address]);
    expect(await balanceOf(world.banner.rpcUrl, admin.address)).toBeGreaterThanOrEqual(SOL);
    expect(await execute(first.DATABASE_MIGRATION_URL ?? '', `SELECT 1 AS one`)).toEqual([{ one: 1 }]);
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    await world.stop();

    world = await startLocalWorld({}, folder);
    const second = parseEnvironment(world.env);
    expect(second.ESCROW_DB_SECRET).toBe(first.ESCROW_DB_SECRET);
    expect(second.ADMIN_WALLET_PUBKEYS).toEqual(first.ADMIN_WALLET_PUBKEYS);
    expect(second.DATABASE_URL).not.toBe(first.DATABASE_URL);
    expect((await readdir(folder)).sort()).toEqual(['admin.json', 'escrow-db-secret']);
  });

  it('starts only what is not given, and prints no secret of what is', async () => {
    const given = {
      DATABASE_URL: 'postgresql://app:hunter2@db.example.com:5432/app',
      SOLANA_RPC_URL: 'https://rpc.example.com/?api-key=hunter3',
      ESCROW_DB_SECRET: 'x'.repeat(40),
      ADMIN_WALLET_PUBKEYS: TestWallet.generate().address,
    };
    world = await startLocalWorld(given, folder);
    expect(world.env).toMatchObject(given);
    expect(world.banner).toMatchObject({ embeddedDatabase: false, embeddedChain: false });
    expect(world.fundSol).toBeUndefined();
    expect(JSON.stringify(world.banner)).not.toMatch(/hunter/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes another folder where the checkout is not its own', async () => {
    const blocked = join(folder, 'data');
    await writeFile(blocked, 'a file where the folder should be');
    vi.stubEnv('TMPDIR', folder);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    world = await startLocalWorld({ DATABASE_URL: 'postgresql://localhost/app' }, join(blocked, 'inner'));
    expect(said).toHaveBeenCalledWith(expect.stringContaining('cannot be used by this user'));
    said.mockRestore();
    vi.unstubAllEnvs();
    const file = world.banner.adminKeypairFile ?? '';
    expect(file.startsWith(folder)).toBe(true);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(64);
  });

  it('refuses to be production', async () => {
    await expect(startLocalWorld({ NODE_ENV: 'production' }, folder)).rejects.toThrow(
      'forbidden in production',
    );
  });
});
