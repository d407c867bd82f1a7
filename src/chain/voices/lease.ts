import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockhashLease } from '#src/chain/port/chain.js';
import { confirmedHeight, isBlockhashValid } from '#src/chain/rpc/blockhash-reads.js';
import { type RpcEndpoint, toCount } from '#src/chain/rpc/rpc-endpoint.js';
import type { RpcPool } from '#src/chain/rpc/rpc-pool.js';
import type { RpcVoice } from '#src/chain/rpc/rpc-voice.js';
import { agreeOnLease, type LeaseWord } from './agreed-lease.js';
import type { Voices } from './voices.js';

/** A node a few slots behind learns of a blockhash in a moment. */
const LOOKS = 5;
const PAUSE_MS = 150;

interface Offer {
  readonly voice: string;
  readonly blockhash: string;
  readonly slot: bigint;
}

/** A blockhash from one voice, and what every voice says of it; where they disagree, one from the next voice. */
export async function readLease(pool: RpcPool, voices: Voices): Promise<BlockhashLease> {
  const asked = new Set<string>();
  for (;;) {
    const { voice: source, ...offer } = await readOffer(pool, asked);
    asked.add(source);
    const heard = await voices.hear('isBlockhashValid', (voice) =>
      // Who offers it knows it; a look at its own height is left.
      voice.name === source ? ownWord(voice) : companionsWord(voice, offer),
    );
    const agreement = agreeOnLease(offer, heard.hearing, heard.standing);
    const isDenied = 'doubt' in agreement && agreement.doubt.kind === 'contradiction';
    if (!isDenied || asked.size === pool.voices.length)
      return voices.decided('a blockhash', heard, agreement);
  }
}

async function readOffer(pool: RpcPool, asked: ReadonlySet<string>): Promise<Offer> {
  const offerOf = async ({ connection, voice }: RpcEndpoint): Promise<Offer> => {
    const { context, value } = await connection.getLatestBlockhashAndContext('confirmed');
    return { voice, blockhash: value.blockhash, slot: toCount(context.slot) };
  };
  const next = asked.size === 0 ? undefined : pool.voices.find(({ name }) => !asked.has(name));
  return (next ?? pool).call('getLatestBlockhash', offerOf);
}

async function ownWord(voice: RpcVoice): Promise<LeaseWord> {
  return { isValid: true, height: await voice.call('getBlockHeight', confirmedHeight) };
}

async function companionsWord(voice: RpcVoice, offer: Omit<Offer, 'voice'>): Promise<LeaseWord> {
  for (let look = 1; ; look += 1) {
    try {
      const word = await voice.call('isBlockhashValid', (endpoint) => wordOf(endpoint, offer));
      // A lagging node calls a living blockhash invalid.
      if (word.isValid || look === LOOKS) return word;
    } catch (error) {
      if (look === LOOKS) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

async function wordOf(endpoint: RpcEndpoint, { blockhash, slot }: Omit<Offer, 'voice'>): Promise<LeaseWord> {
  const isValid = await isBlockhashValid(endpoint, blockhash, slot);
  return { isValid, height: isValid ? await confirmedHeight(endpoint) : 0n };
}
