import type { FaultPlan } from '../proxies/rpc-proxy.js';
import { firstOf, on, sentIn, type Sent, submit } from '../proxies/rpc-faults.js';
import { Random } from '../random.js';
import type { PrivyFault } from '../doubles/privy-request.js';
import { type CampaignWorld, voiceOf } from './campaign-world.js';
import { type Fault, NETWORK, type NetworkKind, type Partner, PARTNERS } from './plan.js';

type Undo = () => Promise<void> | void;

/** Does one fault of a plan to the world. @returns what ends it */
export async function begin(world: CampaignWorld, fault: Fault): Promise<Undo> {
  if (fault.target.startsWith('replica-')) return toReplica(world, fault);
  const target = fault.target as Partner;
  if (isNetwork(fault.kind)) return toNetwork(world, target, fault.kind, fault.size);
  switch (target) {
    case 'database':
      return toServer(world, fault);
    case 'rpc-1':
    case 'rpc-2':
      return toVoice(world, target === 'rpc-1' ? 0 : 1, fault);
    case 'privy':
      return lieAsPrivy(world, new Random(fault.size));
    case 'jupiter':
      world.partners.feed.answerWith(
        new Random(fault.size).pick(['<html>', '{}', '[1]', '{"a":{"usdPrice":"x"}}']),
      );
      return () => world.partners.feed.heal();
    case 'supabase':
      world.partners.storage.plan = () => new Random(fault.size).pick([401, 500, 503]);
      return () => void (world.partners.storage.plan = () => undefined);
    case 'webhook':
      world.partners.receiver.behave(({ nth }) => ((nth + fault.size) % 3 === 0 ? 'cut' : { status: 500 }));
      return () => world.partners.receiver.behave(() => ({ status: 204 }));
  }
}

function isNetwork(kind: string): kind is NetworkKind {
  return (NETWORK as readonly string[]).includes(kind);
}

async function toNetwork(
  world: CampaignWorld,
  target: Partner,
  kind: NetworkKind,
  size: number,
): Promise<Undo> {
  const proxy = world.proxies[target];
  switch (kind) {
    case 'delay':
      proxy.latencyMs = size;
      return () => void (proxy.latencyMs = 0);
    case 'freeze':
      proxy.freeze();
      return () => proxy.thaw();
    case 'reset':
      proxy.breakConnections();
      return () => undefined;
    case 'down':
      await proxy.close();
      return () => proxy.open();
  }
}

async function toServer({ database: { server } }: CampaignWorld, { kind }: Fault): Promise<Undo> {
  if (server === undefined) throw new Error(`${kind} needs a server of the campaign's own`);
  if (kind === 'full') {
    server.fillDisk();
    return () => server.freeDisk();
  }
  await server[kind as 'restart' | 'crash' | 'failover']();
  return () => undefined;
}

async function toReplica(world: CampaignWorld, { target, kind, size }: Fault): Promise<Undo> {
  const replica = world.replicas[Number(target.slice('replica-'.length)) - 1];
  if (replica === undefined) throw new Error(`there is no ${target}`);
  if (kind === 'freeze') {
    replica.freeze();
    return () => replica.thaw();
  }
  if (kind === 'clock') {
    replica.jump(size);
    return () => replica.jump(0);
  }
  await replica.end(kind === 'kill' ? 'kill' : 'stop');
  return () => replica.revive();
}

function toVoice({ partners, chain }: CampaignWorld, index: number, { kind }: Fault): Undo {
  const [liar, rpc] = [partners.liars[index], partners.rpcs[index]];
  if (liar === undefined || rpc === undefined) throw new Error(`there is no voice ${index}`);
  if (kind === 'lie') {
    liar.isArmed = true;
    return () => void (liar.isArmed = false);
  }
  const held: Sent[] = [];
  rpc.plan = firstOf(holding(held), voiceOf(liar));
  return async () => {
    rpc.plan = voiceOf(liar);
    for (const sent of held.toReversed()) await submit(chain.rpcUrl, sent);
  };
}

/** Takes transactions, and hands them on when all is over: the last one first. */
function holding(held: Sent[]): FaultPlan {
  return on('sendTransaction', (_, call) => {
    const sent = sentIn(call);
    held.push(sent);
    return { kind: 'answer', result: sent.signature };
  });
}

function lieAsPrivy({ partners }: CampaignWorld, random: Random): Undo {
  partners.privy.plan = () =>
    random.pick<PrivyFault | undefined>([
      undefined,
      { kind: 'lost_answer' },
      { kind: 'cut' },
      { kind: 'status', status: random.pick([401, 429, 503]) },
      { kind: 'stored_error', status: 500 },
      { kind: 'other_message' },
      { kind: 'wrong_signature' },
      { kind: 'error_body' },
    ]);
  return () => void (partners.privy.plan = () => undefined);
}

/** Everything is as it should be, whatever was begun. */
export async function peace(world: CampaignWorld): Promise<void> {
  for (const partner of PARTNERS) {
    const proxy = world.proxies[partner];
    proxy.latencyMs = 0;
    proxy.thaw();
  }
  for (const liar of world.partners.liars) liar.isArmed = false;
  await Promise.all(world.partners.liars.map((liar) => liar.letGo()));
  for (const replica of world.replicas) replica.thaw();
  await Promise.all(world.replicas.map((replica) => replica.revive()));
}
