import { randomBytes } from 'node:crypto';
import { CommitToShip } from '#client';
import { type ApiProcess, startApi } from '#src/local/api-process.js';
import { RestClient } from '#src/local/rest-client.js';
import { freePort } from '#src/local/support/ports.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { type LocalWorld, startLocalWorld } from '#src/local/world.js';

/** What a story is played on: the embedded world, the built API as a process of its own, and an admin's wallet. */
export interface Stage {
  readonly world: LocalWorld;
  readonly rpcUrl: string;
  readonly databaseUrl: string;
  readonly admin: LocalWallet;
  readonly api: () => ApiProcess;
  readonly client: RestClient;
  /** The client that builders and admins use, without a session. */
  connect(): CommitToShip;
  fundSol(address: string, lamports: bigint): Promise<void>;
  /** Starts the API again on the same port, database and chain. */
  restartApi(): Promise<void>;
  stop(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const admin = LocalWallet.generate();
  const secret = randomBytes(32).toString('base64url');
  const world = await startLocalWorld({
    ADMIN_WALLET_PUBKEYS: admin.address,
    ESCROW_DB_SECRET: secret,
    // Nobody waits for three days in a demo.
    FAILURE_NOTICE_SECONDS: '20',
  });
  try {
    return await withApi(world, admin);
  } catch (error) {
    await world.stop();
    throw error;
  }
}

async function withApi(world: LocalWorld, admin: LocalWallet): Promise<Stage> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = { ...world.env, CTS_MOCK_MODE: 'true', APP_ORIGIN: origin };
  let api = await startApi({ env, port });
  const { fundSol } = world;
  if (fundSol === undefined) throw new Error('the demo needs an embedded chain');
  return {
    world,
    rpcUrl: world.env['SOLANA_RPC_URL'] ?? '',
    databaseUrl: world.env['DATABASE_URL'] ?? '',
    admin,
    api: () => api,
    client: new RestClient(api.url, origin),
    connect: () => new CommitToShip({ baseUrl: api.url }),
    fundSol,
    restartApi: async () => {
      api = await startApi({ env, port });
    },
    stop: async () => {
      await api.stop();
      await world.stop();
    },
  };
}
